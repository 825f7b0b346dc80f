// bpmn-js with a small palette in our words. Nothing else of the page knows that it is bpmn-js, but for the stack of changes.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-codes.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import Modeler from 'bpmn-js/lib/Modeler';
import minimap from 'diagram-js-minimap';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import { follows, idFor } from './ids.js';
import { attributes, KINDS } from './kinds.js';

const PALETTE = ['start', 'person', 'auto', 'table', 'choice', 'side', 'wait', 'end'];
const APPENDED = ['person', 'auto', 'table', 'choice', 'side', 'wait', 'end'];
const TOOLS = ['hand-tool', 'global-connect-tool', 'tool-separator'];
const REPLACED = new Set([
  'user-task', 'rule-task', 'service-task', 'exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'none-start', 'none-end', 'timer-intermediate-catch',
  'message-intermediate-catch', 'timer-boundary', 'non-interrupting-timer-boundary', 'sequence-flow', 'default-flow', 'expanded-subprocess',
].map((name) => `replace-with-${name}`));

function palette(t) {
  function Palette(palette_, create, elementFactory) {
    this.getPaletteEntries = () => (entries) => {
      const kept = Object.fromEntries(TOOLS.filter((name) => entries[name]).map((name) => [name, entries[name]]));
      for (const kind of PALETTE) {
        const begin = (event) => create.start(event, elementFactory.createShape(attributes(kind)));
        kept[`loket.${kind}`] = { group: 'loket', className: KINDS[kind].icon, title: t(KINDS[kind].word), action: { dragstart: begin, click: begin } };
      }
      return kept;
    };
    palette_.registerProvider(500, this);
  }
  Palette.$inject = ['palette', 'create', 'elementFactory'];
  return Palette;
}

function pad(t, append) {
  function Pad(contextPad, create, elementFactory) {
    this.getContextPadEntries = (element) => (entries) => {
      const kept = Object.fromEntries(['replace', 'connect', 'delete'].filter((name) => entries[name]).map((name) => [name, entries[name]]));
      if (!entries['append.end-event'] && !entries['append.append-task']) return kept;
      const added = APPENDED.map((kind) => {
        const fresh = () => elementFactory.createShape(attributes(kind));
        const action = { click: () => append(element, kind), dragstart: (event) => create.start(event, fresh(), { source: element }) };
        return [`loket.${kind}`, { group: 'model', className: KINDS[kind].icon, title: t(KINDS[kind].word), action }];
      });
      return { ...Object.fromEntries(added), ...kept };
    };
    contextPad.registerProvider(500, this);
  }
  Pad.$inject = ['contextPad', 'create', 'elementFactory'];
  return Pad;
}

function Menu(popupMenu) {
  this.getPopupMenuEntries = () => (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => REPLACED.has(name)));
  this.getPopupMenuHeaderEntries = () => () => ({});
  popupMenu.registerProvider('bpmn-replace', 500, this);
}
Menu.$inject = ['popupMenu'];

/** Ids follow names, in the same step of undo; `moved(from, to)` takes along what is said under the id. */
function naming(fixed, moved) {
  function Naming(eventBus, modeling, moddle, elementRegistry) {
    eventBus.on('commandStack.element.updateLabel.postExecute', ({ context }) => {
      const element = context.element.labelTarget ?? context.element;
      const { id, $type } = element.businessObject;
      if ($type === 'bpmn:SequenceFlow' || $type === 'bpmn:TextAnnotation' || $type === 'bpmn:Participant' || $type === 'bpmn:Lane') return;
      const read = elementRegistry.filter((one) => one.businessObject?.conditionExpression).map((one) => one.businessObject.conditionExpression.body).join('\n');
      if (!follows(id, context.oldLabel, fixed, read)) return;
      const fresh = idFor(context.newLabel, (one) => one !== id && (moddle.ids.assigned(one) || fixed.includes(one)));
      if (!fresh || fresh === id) return;
      modeling.updateProperties(element, { id: fresh });
      moved(id, fresh);
    });
  }
  Naming.$inject = ['eventBus', 'modeling', 'moddle', 'elementRegistry'];
  return Naming;
}

/** `append(element, kind)` puts a step behind another one, as the step list does. */
export function makeModeler(container, data, t, append, moved) {
  const said = (text, facts = {}) => t(text).replace(/{([^}]+)}/g, (_, key) => facts[key] ?? `{${key}}`);
  return new Modeler({
    container,
    moddleExtensions: { zeebe },
    additionalModules: [minimap, {
      __init__: ['loketPalette', 'loketPad', 'loketMenu', 'loketNaming'],
      loketPalette: ['type', palette(t)],
      loketPad: ['type', pad(t, append)],
      loketMenu: ['type', Menu],
      loketNaming: ['type', naming(data.fixed, moved)],
      translate: ['value', said],
    }],
  });
}
