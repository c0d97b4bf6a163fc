import { seededRandom } from '../scenarios/seeded-random.ts';
import { LISTED_SECURITIES } from './listed-securities.ts';
import { type OptionSymbol, readOptionSymbol } from './option-symbol.ts';
import { NumberText, type SchwabObject } from './schwab-json.ts';

/** Schwab's `instrument` of an order leg. */
export function reportInstrument(symbol: string): SchwabObject {
  const option = readOptionSymbol(symbol);
  if (option !== null) return reportOption(symbol, option);
  const security = LISTED_SECURITIES[symbol];
  return {
    assetType: security?.assetType ?? 'EQUITY',
    cusip: security?.cusip,
    symbol,
    description: security?.description,
    instrumentId: instrumentIdOf(symbol),
    type: security?.assetType === 'COLLECTIVE_INVESTMENT' ? 'EXCHANGE_TRADED_FUND' : undefined,
  };
}

/** Missing for shares that are not listed here; some real reports lack it too. */
export function instrumentIdOf(symbol: string): NumberText | undefined {
  if (readOptionSymbol(symbol) !== null) return new NumberText(String(seededRandom(0, 'instrument', symbol)()));
  const security = LISTED_SECURITIES[symbol];
  return security === undefined ? undefined : new NumberText(security.instrumentId);
}

function reportOption(symbol: string, { underlying, putCall, description }: OptionSymbol): SchwabObject {
  return {
    assetType: 'OPTION',
    symbol,
    description,
    instrumentId: instrumentIdOf(symbol),
    type: 'VANILLA',
    putCall,
    underlyingSymbol: underlying,
    optionDeliverables: [{ symbol: underlying, deliverableUnits: new NumberText('100.0') }],
  };
}
