import { Modal } from '../components/ui/modal.tsx';
import styles from './key-help.module.css';

const KEYS = [
  ['j', 'next order'],
  ['k', 'previous order'],
  ['Enter', 'open the order'],
  ['r', 'ask the broker about the order now'],
  ['x', 'select the order, or no longer; Space does the same'],
  ['Shift', 'and a click: select all from the last one to this'],
  ['R', 'ask the broker about all selected orders now'],
  ['/', 'search'],
  ['n', 'track an order by its id'],
  ['?', 'this help'],
  ['Esc', 'close; select none'],
] as const;

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keyboard" onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
