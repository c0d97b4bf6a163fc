/** One benchmark: measures, and tells the result in two ways. */
export interface Bench {
  /** How many orders unless told otherwise. */
  readonly orders: number;
  readonly run: (options: BenchOptions) => Promise<BenchResult>;
}

export interface BenchOptions {
  readonly orders: number;
  readonly progress: (text: string) => void;
}

export interface BenchResult {
  readonly json: unknown;
  readonly text: string;
}
