/** An order as far as it decides the price: its rate in parts per billion per block, its size in units. */
export interface BookOrder {
  readonly id: string;
  readonly rate: number;
  readonly units: number;
}

/** Units of one ask that go to one bid: one channel. */
export interface BookMatch {
  readonly ask: BookOrder;
  readonly bid: BookOrder;
  readonly units: number;
}

/** A cleared market. The best bid and the cheapest ask are matched first. */
export interface Clearing {
  /** What every match pays, in parts per billion per block. */
  readonly price: number;
  readonly units: number;
  readonly matches: readonly BookMatch[];
}

/**
 * The one price of all matches of a market: the rate of the lowest bid among them. No bidder pays more than it bid, and
 * no asker gets less than it asked. At least one match is needed, and no ask may be above its bid.
 */
export function uniformPrice(matches: readonly { readonly ask: number; readonly bid: number }[]): number {
  const crossed = matches.find(({ ask, bid }) => ask > bid);
  if (crossed !== undefined) {
    throw new Error(`a bid of ${crossed.bid} cannot match an ask of ${crossed.ask}`);
  }
  if (matches.length === 0) {
    throw new Error("a market without a match has no price");
  }
  return Math.min(...matches.map(({ bid }) => bid));
}

/**
 * Clears a market of one lease duration, or null where no bid reaches an ask. Orders are filled in parts where sizes
 * differ; of two orders with one rate the earlier in the list comes first.
 */
export function clearMarket(asks: readonly BookOrder[], bids: readonly BookOrder[]): Clearing | null {
  const matches = matchBook(cheapestFirst(asks), highestFirst(bids));
  if (matches.length === 0) return null;
  return {
    price: uniformPrice(matches.map(({ ask, bid }) => ({ ask: ask.rate, bid: bid.rate }))),
    units: matches.reduce((sum, match) => sum + match.units, 0),
    matches,
  };
}

/** The supply side of a book: the cheapest ask first. */
export function cheapestFirst<O extends BookOrder>(asks: readonly O[]): O[] {
  return [...asks].sort((a, b) => a.rate - b.rate);
}

/** The demand side of a book: the highest bid first. */
export function highestFirst<O extends BookOrder>(bids: readonly O[]): O[] {
  return [...bids].sort((a, b) => b.rate - a.rate);
}

function matchBook(asks: readonly BookOrder[], bids: readonly BookOrder[]): BookMatch[] {
  const matches: BookMatch[] = [];
  let filledOfAsk = 0;
  let filledOfBid = 0;
  for (let a = 0, b = 0; ; ) {
    const ask = asks[a];
    const bid = bids[b];
    if (ask === undefined || bid === undefined || ask.rate > bid.rate) return matches;
    const units = Math.min(ask.units - filledOfAsk, bid.units - filledOfBid);
    if (units > 0) matches.push({ ask, bid, units });
    filledOfAsk += units;
    filledOfBid += units;
    if (filledOfAsk === ask.units) {
      a += 1;
      filledOfAsk = 0;
    }
    if (filledOfBid === bid.units) {
      b += 1;
      filledOfBid = 0;
    }
  }
}
