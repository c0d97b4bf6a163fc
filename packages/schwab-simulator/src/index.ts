export type { ScriptedNodeInput, ScriptedOrderInput } from './broker/script-order.ts';
export type { TruthOrder, TruthVerdict } from './broker/truth-of-order.ts';
export type { FaultInput } from './faults/fault.ts';
export type { RecordedRequest } from './http/request-log.ts';
export { type RunningSimulator, type SimulatorOptions, startSimulator } from './http/start-simulator.ts';
export { SCENARIOS } from './scenarios/scenarios.ts';
export { DEMO_CREDENTIALS } from './demo-credentials.ts';
