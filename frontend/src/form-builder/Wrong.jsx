// What is wrong, at the place where it can be put right.
/** What the server has against a property of what is chosen; with no name, against the whole of it. */
export function Wrong({ store, name }) {
  const { selection, problems } = store.get();
  const mine = problems.filter((one) => {
    const { selection: there, property, whole } = store.placed(one.place);
    return ['page', 'item', 'inner'].every((step) => (there[step] ?? null) === (selection[step] ?? null)) && (name ? !whole && property === name : whole);
  });
  return mine.map((one) => <p class="fb-wrong" key={one.place + one.code}>{one.text}</p>);
}
