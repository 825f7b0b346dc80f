// A map without tiles: the outlines of a district, drawn by us, and the point. Fetched only where a point is asked and one comes near.
import { circleMarker, geoJSON, latLngBounds, map } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import outline from './outline.json';

const INK = '#7d3e0b';

export default function show(root, place, { lat, lon, put }) {
  place.classList.add('app-point__map--open');
  place.setAttribute('role', 'application');
  place.setAttribute('aria-label', root.dataset.map);
  const drawn = map(place, { attributionControl: false, zoomAnimation: false, fadeAnimation: false });
  const layer = geoJSON(outline, { style: { color: '#8a6d3b', weight: 1, fillColor: '#f3ead8', fillOpacity: 1 } }).addTo(drawn);
  const [south, north, west, east] = (root.dataset.area || '').split(',').map(Number);
  drawn.fitBounds(east ? latLngBounds([south, west], [north, east]) : layer.getBounds());
  const mark = circleMarker([0, 0], { radius: 9, color: INK, fillColor: INK, fillOpacity: 0.6, interactive: false });
  const follow = () => {
    const [latitude, longitude] = [lat, lon].map((box) => Number(box.value.replace(',', '.')));
    if (!lat.value || !lon.value || !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return void mark.remove();
    mark.setLatLng([latitude, longitude]).addTo(drawn);
    if (!drawn.getBounds().contains(mark.getLatLng())) drawn.panTo(mark.getLatLng(), { animate: false });
  };
  for (const box of [lat, lon]) box.addEventListener('input', follow);
  root.addEventListener('placed', follow);
  drawn.on('click', ({ latlng }) => put(latlng.lat, latlng.lng));
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target !== place) return;
    event.preventDefault(); // the arrows move the map; Enter sets the point in its middle
    put(drawn.getCenter().lat, drawn.getCenter().lng);
  });
  follow();
}
