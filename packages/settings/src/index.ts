export { type EnvironmentOf, environmentReader, type EnvironmentReader, type Variables } from './environment-reader.ts';
export { EnvironmentError } from './environment-error.ts';
export { readEnvironment } from './read-environment.ts';
export { type RecordSettings, recordSettings } from './record-settings.ts';
export { hookAddress, yesOrNo } from './variable-forms.ts';
export { type WebhookSecrets, webhookSecrets, type WebhookSettings, webhookSettings } from './webhook-settings.ts';
export { WORKSPACE_ROOT } from './workspace-root.ts';
