export { createClearingHold } from './alerts/clearing-hold.ts';
export { settleAlerts, lasted } from './alerts/settle-alerts.ts';
export { watchPoller } from './alerts/watch-poller.ts';
export { deliverNotices } from './delivery/deliver-notices.ts';
export { raisedMessage } from './messages/alert-message.ts';
export { presentAlert } from './messages/present-alert.ts';
export { trialMessage } from './messages/trial-message.ts';
export type { NoticeEvents } from './notice-events.ts';
export { createWebhook, type Webhook, type WebhookTarget } from './webhook/create-webhook.ts';
