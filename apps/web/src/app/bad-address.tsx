import { Link } from '@tanstack/react-router';
import { Message } from '../components/ui/message.tsx';
import { messageOf } from '../lib/http.ts';

/** An address with a filter that makes no sense. Leaving the filter out would show orders that nobody asked for. */
export function BadAddress({ error }: { error: unknown }) {
  return (
    <Message
      title="This address makes no sense"
      tone="bad"
      isPage
      actions={
        <Link to="/orders" className="button">
          All orders
        </Link>
      }
    >
      {messageOf(error)}
    </Message>
  );
}
