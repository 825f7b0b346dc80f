// A point: the boxes are there already; this adds "use my position" and, when one scrolls near, a map to press on.
export default function point(root) {
  const [lat, lon] = ['lat', 'lon'].map((name) => root.querySelector(`input[name$=".${name}"]`));
  const field = root.querySelector('fieldset') ?? root;
  const put = (latitude, longitude) => {
    lat.value = latitude.toFixed(7);
    lon.value = longitude.toFixed(7);
    lon.dispatchEvent(new Event('input', { bubbles: true }));
    root.dispatchEvent(new Event('placed'));
  };
  if (navigator.geolocation) field.append(...here(root, put));
  const place = Object.assign(document.createElement('div'), { className: 'app-point__map' });
  field.append(place);
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    near.disconnect();
    import('./map.js').then((part) => part.default(root, place, { lat, lon, put }));
  }, { rootMargin: '200px' });
  near.observe(place);
}

function here(root, put) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: root.dataset.here });
  const line = Object.assign(document.createElement('p'), { className: 'govuk-hint' });
  line.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true');
    const done = (text) => { button.removeAttribute('aria-busy'); line.textContent = text; };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { put(coords.latitude, coords.longitude); done(''); },
      () => done(root.dataset.lost),
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
  return [button, line];
}
