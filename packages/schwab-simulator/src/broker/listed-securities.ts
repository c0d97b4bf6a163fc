/** A security as Schwab's `instrument` describes it. */
export interface ListedSecurity {
  readonly assetType: 'EQUITY' | 'COLLECTIVE_INVESTMENT';
  readonly cusip: string;
  readonly instrumentId: string;
  /** Only funds carry one in real reports. */
  readonly description?: string;
  /** Where the simulated market starts, in ten-thousandths of a dollar. */
  readonly basePriceTicks: number;
}

/** Well-known symbols. Any other symbol can be ordered too; it is reported as an equity. */
export const LISTED_SECURITIES: Readonly<Record<string, ListedSecurity>> = {
  AAPL: { assetType: 'EQUITY', cusip: '037833100', instrumentId: '1973757747', basePriceTicks: 2_134_000 },
  AMZN: { assetType: 'EQUITY', cusip: '023135106', instrumentId: '1539193', basePriceTicks: 2_212_500 },
  AMD: { assetType: 'EQUITY', cusip: '007903107', instrumentId: '1518032', basePriceTicks: 1_627_300 },
  GME: { assetType: 'EQUITY', cusip: '36467W109', instrumentId: '4430271', basePriceTicks: 227_300 },
  IREN: { assetType: 'EQUITY', cusip: 'Q4982L109', instrumentId: '209385561', basePriceTicks: 418_600 },
  MSFT: { assetType: 'EQUITY', cusip: '594918104', instrumentId: '1519206', basePriceTicks: 5_043_100 },
  NVDA: { assetType: 'EQUITY', cusip: '67066G104', instrumentId: '1523071', basePriceTicks: 1_762_400 },
  TSLA: { assetType: 'EQUITY', cusip: '88160R101', instrumentId: '2987016', basePriceTicks: 3_338_700 },
  QQQ: {
    assetType: 'COLLECTIVE_INVESTMENT',
    cusip: '46090E103',
    instrumentId: '4512904',
    description: 'INVESCO QQQ TRUST UNITS SER 1',
    basePriceTicks: 5_704_000,
  },
  SPY: {
    assetType: 'COLLECTIVE_INVESTMENT',
    cusip: '78462F103',
    instrumentId: '1525377',
    description: 'STATE STREET SPDR S&P 500 ETF',
    basePriceTicks: 6_450_500,
  },
};
