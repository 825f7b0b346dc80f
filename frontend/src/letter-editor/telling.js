// Fields, conditions and loops in the reader's words.
const LITERAL = /^(?:"([^"]*)"|'([^']*)')$/;
const SPLIT = /("[^"]*"|'[^']*')|\s+(and|or)\s+/g;
const ROW = /^([A-Za-z_][\w.]*)(?:\s*(==|!=|<>|<=|>=|<|>|contains)\s*(.+))?$/;

export function makeTelling({ known, ways, t, pick }) {
  const byPath = new Map(known.map((one) => [one.path, one]));
  const often = new Map();
  known.forEach((one) => often.set(pick(one.label), (often.get(pick(one.label)) ?? 0) + 1));
  const bare = (path) => path.replace(/^shown\./, '');

  /** What a path reads: a known field; inside loops, a field of their rows. `loops`: [{name, of}]. */
  function find(path, loops = []) {
    const [first, ...rest] = bare(path).split('.');
    const loop = loops.find((one) => one.name === first);
    if (loop) {
      const inner = byPath.get(bare(loop.of))?.rows?.find((one) => one.path === rest.join('.'));
      return inner && { ...inner, path, row: true, ways: [] };
    }
    if (path === 'forloop.index') return { path, label: { id: t('number of the row'), en: t('number of the row') }, ways: [], row: true };
    return byPath.get(bare(path));
  }

  /** What a field is called; of those called alike, with where it is asked. */
  function name(path, loops) {
    const one = find(path, loops);
    const label = one && pick(one.label);
    if (!label) return bare(path);
    return !one.row && often.get(label) > 1 ? `${label} (${pick(one.group)})` : label;
  }

  const literal = (text) => { const found = LITERAL.exec(text); return found ? found[1] ?? found[2] : null; };

  function value(text, field) {
    const said = literal(text);
    if (said !== null) return pick(field?.choices?.find((one) => one.value === said)?.label) || `“${said}”`;
    return { true: t('Yes'), false: t('No') }[text] ?? text;
  }

  function row(text, loops) {
    const found = ROW.exec(text.trim());
    if (!found) return text.trim();
    const [, path, sign, other] = found;
    const what = name(path, loops);
    if (path === 'forloop.last') return t('the last row');
    if (path === 'forloop.first') return t('the first row');
    if (!sign || (/^(nil|null)$/.test(other) && sign !== '==')) return `${what} ${t('is answered')}`;
    if (/^(nil|null)$/.test(other)) return `${what} ${t('is not answered')}`;
    const words = { '==': t('is'), '!=': t('is not'), '<>': t('is not'), '<': t('is less than'), '<=': t('is at most'), '>': t('is more than'), '>=': t('is at least'), contains: t('contains') };
    return `${what} ${words[sign]} ${value(other.trim(), find(path, loops))}`;
  }

  function condition(text, loops = []) {
    if (!text.trim()) return '…';
    let said = '';
    let since = 0;
    for (const found of text.matchAll(SPLIT)) {
      if (!found[2]) continue;
      said += `${row(text.slice(since, found.index), loops)} ${found[2] === 'or' ? t('or') : t('and')} `;
      since = found.index + found[0].length;
    }
    return said + row(text.slice(since), loops);
  }

  const loopOf = (text) => { const [loop, , of] = text.split(' '); return { name: loop, of }; };
  const way = (attrs) => ways[attrs.path.startsWith('shown.') && !attrs.format ? 'shown' : attrs.format] ?? attrs.format;

  /** What a gate or a frame says. */
  function gate({ tag, text }, loops = []) {
    if (tag === 'if') return t('only if {condition}', { condition: condition(text, loops) });
    if (tag === 'elsif') return t('else, if {condition}', { condition: condition(text, loops) });
    if (tag === 'unless') return t('not if {condition}', { condition: condition(text, loops) });
    if (tag === 'else') return t('else');
    if (tag === 'for') return t('for each row of {group}', { group: name(loopOf(text).of) });
    return t('end');
  }

  return { find, name, condition, gate, loopOf, literal, way, byPath };
}
