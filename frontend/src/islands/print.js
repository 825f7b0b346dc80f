// <button data-island="print" hidden>: prints the page; without JavaScript the button is not there.
export default function print(button) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
