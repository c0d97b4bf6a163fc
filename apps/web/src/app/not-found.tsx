import { Link } from '@tanstack/react-router';
import { Message } from '../components/ui/message.tsx';

export function NotFound() {
  return (
    <Message
      title="There is no such page"
      isPage
      actions={
        <Link to="/orders" className="button">
          All orders
        </Link>
      }
    >
      Check the address.
    </Message>
  );
}
