import type { FullOrder, Verification } from '@fill-tracker/contract';
import { Badge } from '../../../components/ui/badge.tsx';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { dollars } from '../../../lib/decimal-text.ts';
import { isBeforeMultiplier, valueName } from '../../../lib/value-words.ts';
import { VERDICTS } from '../../../lib/verdict-words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { verificationSentence } from '../verification-words.ts';
import styles from './order-verification.module.css';

/** What the account's transactions say of the fills: a second witness, asked apart from the order's own report. */
export function OrderVerification({ order }: { order: FullOrder }) {
  const { verification, fills, assetType } = order;
  if (verification === null) {
    return fills.length === 0 ? null : (
      <Panel title="Second witness">
        <p className={styles.quiet}>Not held against the account’s transactions yet: they are booked with a delay.</p>
      </Panel>
    );
  }
  const { sign, tone } = VERDICTS[verification.verdict];
  const { fees, checkedAt } = verification;
  return (
    <Panel
      title="Second witness"
      aside={
        <Badge tone={tone}>
          <span aria-hidden="true">{sign}</span> {NAMES[verification.verdict]}
        </Badge>
      }
    >
      <p>
        {verificationSentence(verification, assetType)}; {fees !== null && `fees ${dollars(fees)} USD; `}checked{' '}
        <Ago at={checkedAt} />.
      </p>
      {verification.verdict === 'DISAGREE' && <SideBySide verification={verification} sumName={sumName(assetType)} />}
    </Panel>
  );
}

const NAMES = {
  VERIFIED: 'agrees',
  ONE_SOURCE: 'one source',
  DISAGREE: 'disagrees',
  UNPRICED: 'unpriced',
} as const satisfies Record<Verification['verdict'], string>;

function sumName(assetType: string | null): string {
  return isBeforeMultiplier(assetType) ? valueName(assetType) : 'Sum, USD';
}

/** Both numbers, neither of which is more right: that is for a person to find out. */
function SideBySide({ verification, sumName: name }: { verification: Verification; sumName: string }) {
  const { recordQuantity, recordSum, transactionsQuantity, transactionsSum } = verification;
  if (recordQuantity === null && transactionsQuantity === null) {
    return <p className={styles.quiet}>Several legs have no single sum. Compare each leg at the broker.</p>;
  }
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <th scope="col">Says</th>
          <th scope="col">Quantity</th>
          <th scope="col">{name}</th>
        </tr>
      </thead>
      <tbody>
        <Side name="The order’s own report" quantity={recordQuantity} sum={recordSum} />
        <Side name="The account’s transactions" quantity={transactionsQuantity} sum={transactionsSum} />
      </tbody>
    </table>
  );
}

function Side({ name, quantity, sum }: { name: string; quantity: string | null; sum: string | null }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{quantity === null ? 'nothing' : <Decimal text={quantity} minFraction={0} />}</td>
      <td>{sum === null ? 'unknown' : <Decimal text={sum} />}</td>
    </tr>
  );
}
