// The few kinds of steps an administrator chooses from, and which of them an element of a diagram is.
export const KINDS = {
  person: { type: 'bpmn:UserTask', icon: 'bpmn-icon-user-task', word: 'A person does something' },
  auto: { type: 'bpmn:ServiceTask', icon: 'bpmn-icon-service-task', word: 'Automatic step' },
  table: { type: 'bpmn:BusinessRuleTask', icon: 'bpmn-icon-business-rule-task', word: 'Decision table' },
  choice: { type: 'bpmn:ExclusiveGateway', icon: 'bpmn-icon-gateway-xor', word: 'Choice between ways' },
  side: { type: 'bpmn:ParallelGateway', icon: 'bpmn-icon-gateway-parallel', word: 'Several things at once' },
  wait: { type: 'bpmn:IntermediateCatchEvent', event: 'bpmn:TimerEventDefinition', icon: 'bpmn-icon-intermediate-event-catch-timer', word: 'Wait for a time' },
  message: { type: 'bpmn:IntermediateCatchEvent', event: 'bpmn:MessageEventDefinition', icon: 'bpmn-icon-intermediate-event-catch-message', word: 'Wait for a message' },
  end: { type: 'bpmn:EndEvent', icon: 'bpmn-icon-end-event-none', word: 'End' },
  start: { type: 'bpmn:StartEvent', icon: 'bpmn-icon-start-event-none', word: 'Start' },
  late: { type: 'bpmn:BoundaryEvent', event: 'bpmn:TimerEventDefinition', icon: 'bpmn-icon-intermediate-event-catch-timer', word: 'When it is late' },
  part: { type: 'bpmn:SubProcess', icon: 'bpmn-icon-subprocess-expanded', word: 'A part of its own' },
  other: { icon: 'bpmn-icon-task', word: 'Something else' },
};

/** What the step list offers to add. */
export const ADDED = ['person', 'auto', 'table', 'choice', 'side', 'wait', 'message', 'end'];

const event = (bo) => bo.eventDefinitions?.[0]?.$type;

/** The kind of a business object. */
export function kindOf(bo) {
  if (bo.$type === 'bpmn:IntermediateCatchEvent') return event(bo) === 'bpmn:TimerEventDefinition' ? 'wait' : event(bo) === 'bpmn:MessageEventDefinition' ? 'message' : 'other';
  if (bo.$type === 'bpmn:BoundaryEvent') return event(bo) === 'bpmn:TimerEventDefinition' ? 'late' : 'other';
  if (['bpmn:ManualTask', 'bpmn:Task'].includes(bo.$type)) return 'person';
  if (bo.$type === 'bpmn:SendTask') return 'auto';
  if (bo.$type === 'bpmn:ReceiveTask') return 'message';
  return Object.keys(KINDS).find((kind) => KINDS[kind].type === bo.$type && !KINDS[kind].event) ?? 'other';
}

/** What bpmn-js needs to make a shape of a kind. */
export const attributes = (kind) => ({ type: KINDS[kind].type, ...(KINDS[kind].event ? { eventDefinitionType: KINDS[kind].event } : {}) });

export const isGateway = (bo) => bo.$type.endsWith('Gateway');
