// What can be done to a procedure, each as one step of undo: the same stack of changes that the canvas uses.
import { arrivals, hung, ordered, ways } from './graph.js';
import { attributes, isGateway } from './kinds.js';

const GAP = 60;
const LANE = 120;
const right = (shape) => shape.x + shape.width;
/** Whether one more step behind it is one more way, and not one on its way on. */
const parts = (step) => isGateway(step.businessObject) && (arrivals(step).length < 2 || ways(step).length > 1 || Boolean(step.businessObject.name));
const middle = (shape) => shape.y + shape.height / 2;

export function changes(modeler) {
  const modeling = modeler.get('modeling');
  const factory = modeler.get('elementFactory');
  const stack = modeler.get('commandStack');
  const space = modeler.get('spaceTool');
  const registry = modeler.get('elementRegistry');
  stack.register('loket.together', { preExecute: (context) => { context.made = context.run(); } });
  /** Everything `run` does is one step of undo; gives what it gives. */
  const together = (run) => { const context = { run }; stack.execute('loket.together', context); return context.made; };

  const solid = (parent) => parent.children.filter((one) => !one.waypoints && !one.labelTarget);
  /** Room for something new: what begins right of `x` moves on. */
  function room(parent, x, width) {
    const all = [...parent.children];
    const { movingShapes, resizingShapes } = space.calculateAdjustments(all, 'x', width, x);
    if (movingShapes.length) space.makeSpace(movingShapes, resizingShapes, { x: width, y: 0 }, 'e', x);
  }

  /** A place right of a step that nothing covers, as far down as needed. */
  function freeBeside(step, width, height, y = middle(step)) {
    const x = right(step) + GAP;
    const covers = (top) => solid(step.parent).some((one) => one.x < x + width + 10 && right(one) > x - 10 && one.y < top + height / 2 + 20 && one.y + one.height > top - height / 2 - 20);
    let top = y;
    while (covers(top)) top += LANE;
    return { x: x + width / 2, y: top };
  }

  const shape = (kind) => factory.createShape(attributes(kind));

  /** A new step of a kind behind `step`: on its way on, or, behind a choice, on a way of its own. */
  const addAfter = (step, kind) => together(() => {
    const fresh = shape(kind);
    const [way] = ordered(step);
    const isEnd = kind === 'end';
    if (!way || parts(step)) {
      const made = modeling.createShape(fresh, freeBeside(step, fresh.width, fresh.height), step.parent);
      modeling.connect(step, made);
      return made;
    }
    const target = way.target;
    if (!isEnd && target.x >= right(step)) {
      const lacking = right(step) + GAP + fresh.width + GAP - target.x;
      if (lacking > 0) room(step.parent, right(step) + 5, lacking);
    }
    const made = modeling.createShape(fresh, target.x >= right(step) && !isEnd ? { x: right(step) + GAP + fresh.width / 2, y: middle(step) } : freeBeside(step, fresh.width, fresh.height), step.parent);
    modeling.reconnectEnd(way, made, { x: made.x + made.width / 2, y: middle(made) });
    if (!isEnd) modeling.connect(made, target);
    return made;
  });

  /** A new step of a kind that comes before `step`: whatever led to it leads to the new one. */
  const addBefore = (step, kind) => together(() => {
    if (kind === 'side') gather(step);
    const fresh = shape(kind);
    const from = arrivals(step);
    const before = Math.max(...from.map((flow) => (right(flow.source) < step.x ? right(flow.source) : step.x - 2 * GAP)), step.x - 4 * GAP);
    const lacking = before + GAP + fresh.width + GAP - step.x;
    if (lacking > 0) room(step.parent, step.x - 5, lacking);
    const made = modeling.createShape(fresh, { x: step.x - GAP - fresh.width / 2, y: middle(step) }, step.parent);
    for (const flow of [...from]) modeling.reconnectEnd(flow, made, { x: made.x, y: middle(made) });
    modeling.connect(made, step);
    return made;
  });

  /** Several ways into a step meet before it: a parting of ways would wait for all of them. */
  function gather(step) {
    const from = [...arrivals(step)];
    if (from.length < 2) return;
    room(step.parent, step.x - 5, 50 + GAP);
    const meeting = modeling.createShape(shape('choice'), { x: step.x - GAP - 25, y: middle(step) }, step.parent);
    for (const flow of from) modeling.reconnectEnd(flow, meeting, { x: meeting.x, y: middle(meeting) });
    modeling.connect(meeting, step);
  }

  /** A step that is done at the same time as `step`: between a parting and a meeting of ways, which are made when they are not there. */
  const addBeside = (step) => together(() => {
    const isSide = (one) => one?.businessObject.$type === 'bpmn:ParallelGateway';
    let fork = arrivals(step).length === 1 && isSide(arrivals(step)[0].source) ? arrivals(step)[0].source : null;
    let join = ways(step).length === 1 && isSide(ways(step)[0].target) ? ways(step)[0].target : null;
    if (!fork || !join) {
      gather(step);
      room(step.parent, step.x - 5, 50 + GAP);
      fork = modeling.createShape(shape('side'), { x: step.x - GAP - 25, y: middle(step) }, step.parent);
      for (const flow of [...arrivals(step)]) modeling.reconnectEnd(flow, fork, { x: fork.x, y: middle(fork) });
      room(step.parent, right(step) + 5, 50 + GAP);
      join = modeling.createShape(shape('side'), { x: right(step) + GAP + 25, y: middle(step) }, step.parent);
      for (const flow of [...ways(step)]) modeling.reconnectStart(flow, join, { x: right(join), y: middle(join) });
      modeling.connect(fork, step);
      modeling.connect(step, join);
    }
    const fresh = shape('person');
    const made = modeling.createShape(fresh, freeBeside(fork, fresh.width, fresh.height, middle(step) + LANE), step.parent);
    modeling.connect(fork, made);
    modeling.connect(made, join);
    return made;
  });

  /** One way on that leads to `target`; null: nowhere. */
  const leadTo = (step, target, way = ordered(step)[0]) => together(() => {
    if (!target) return way && modeling.removeConnection(way);
    if (!way) return modeling.connect(step, target);
    if (way.target !== target) target = endOf(step, target);
    if (way.target !== target) modeling.reconnectEnd(way, target, { x: target.x + target.width / 2, y: target.y + target.height / 2 });
    return way;
  });

  /** Whether one comes from one step to another, without passing a third. */
  function reaches(from, to, without) {
    const seen = new Set([from]);
    for (const step of seen) {
      if (step === to) return true;
      for (const flow of ways(step)) if (flow.target !== without) seen.add(flow.target);
    }
    return false;
  }

  /** Where a way out of `step` to `target` ends: ways of one choice meet before they join what runs beside them, as the join waits for every way in. */
  function endOf(step, target) {
    const joins = target.businessObject.$type === 'bpmn:ParallelGateway' && step.businessObject.$type === 'bpmn:ExclusiveGateway';
    const others = joins ? arrivals(target).filter((flow) => flow.source !== step && reaches(step, flow.source, target)) : [];
    if (!others.length) return target;
    room(target.parent, target.x - 5, 50 + GAP);
    const meeting = modeling.createShape(shape('choice'), { x: target.x - GAP - 25, y: middle(target) + LANE }, target.parent);
    for (const flow of others) modeling.reconnectEnd(flow, meeting, { x: meeting.x, y: middle(meeting) });
    modeling.connect(meeting, target);
    return meeting;
  }

  /** One more way out of a gateway. */
  const addWay = (gateway, target) => together(() => modeling.connect(gateway, endOf(gateway, target)));

  /** Takes a step out; what led to it leads on to what followed it. */
  const takeOut = (step) => together(() => {
    const on = ways(step);
    hung(step).forEach((event) => modeling.removeShape(event));
    if (on.length === 1 && on[0].target !== step) for (const flow of [...arrivals(step)]) modeling.reconnectEnd(flow, on[0].target, { x: on[0].target.x, y: middle(on[0].target) });
    modeling.removeElements([step]);
  });

  /** The step behind another one: out of where it was, into the way on of `behind`. */
  const moveBehind = (step, behind) => together(() => {
    const [on] = ordered(step);
    const next = on?.target;
    if (on) modeling.removeConnection(on);
    for (const flow of [...arrivals(step)]) {
      if (next && flow.source !== next) modeling.reconnectEnd(flow, next, { x: next.x, y: middle(next) });
      else modeling.removeConnection(flow);
    }
    const [way] = ordered(behind);
    const target = way?.target;
    if (target && target.x >= right(behind)) {
      const lacking = right(behind) + GAP + step.width + GAP - target.x;
      if (lacking > 0) room(behind.parent, right(behind) + 5, lacking);
    }
    const place = target && target.x >= right(behind) ? { x: right(behind) + GAP + step.width / 2, y: middle(behind) } : freeBeside(behind, step.width, step.height);
    modeling.moveElements([step], { x: place.x - step.x - step.width / 2, y: place.y - middle(step) }, behind.parent);
    if (way) {
      modeling.reconnectEnd(way, step, { x: step.x, y: middle(step) });
      modeling.connect(step, target);
    } else modeling.connect(behind, step);
    return step;
  });

  /** A timer on the boundary of a step. */
  const hang = (step, stops) => modeling.createShape(
    factory.createShape({ ...attributes('late'), cancelActivity: stops }), { x: step.x + 20 + 40 * hung(step).length, y: step.y + step.height }, step, { attach: true },
  );

  /** A shape behind an event of a boundary, below it. */
  function below(event, kind) {
    const fresh = shape(kind);
    const place = freeBeside(event, fresh.width, fresh.height, event.y + event.height + 80);
    const parent = event.host?.parent ?? event.parent;
    const made = modeling.createShape(fresh, place, parent);
    modeling.connect(event, made);
    return made;
  }

  return { together, addAfter, addBefore, addBeside, leadTo, addWay, takeOut, moveBehind, hang, below, modeling, registry };
}
