export { type EnvironmentOf, environmentReader, type EnvironmentReader, type Variables } from './environment-reader.ts';
export { EnvironmentError } from './environment-error.ts';
export { readEnvironment } from './read-environment.ts';
export { type RecordSettings, recordSettings } from './record-settings.ts';
export { yesOrNo } from './variable-forms.ts';
export { WORKSPACE_ROOT } from './workspace-root.ts';
