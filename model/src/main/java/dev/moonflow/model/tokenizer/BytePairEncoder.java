package dev.moonflow.model.tokenizer;

/**
 * Byte-pair encoding of one piece (SPEC section 3.4): starting from single bytes, the adjacent pair
 * whose concatenation has the lowest rank is merged, the leftmost first, until none is a token.
 *
 * <p>A part is named by the index of its first byte. Candidate pairs wait in a binary heap ordered
 * by (rank, position); an entry whose pair has since changed is skipped when it surfaces. Ranks
 * name byte strings one to one, so an entry is current exactly when its rank is still the rank of
 * the pair at its position. The work is O(n log n) for n bytes.
 */
final class BytePairEncoder {

  private final TokenTable table;

  BytePairEncoder(TokenTable table) {
    this.table = table;
  }

  /** Appends the ids of a piece, given as its UTF-8 bytes. */
  void encode(byte[] piece, TokenBuffer ids) {
    int whole = table.rank(piece, 0, piece.length);
    if (whole != TokenTable.NONE) {
      ids.add(whole);
    } else if (piece.length > 0) {
      new Merge(piece).run(ids);
    }
  }

  /** The parts of one piece while they are merged. */
  private final class Merge {
    private final byte[] piece;
    private final int[] end; // end[p]: byte after the part that begins at p
    private final int[] previous; // begin of the part to the left, -1 at the start
    private final int[] pairRank; // rank of part p joined with its right neighbour, NONE if none
    private final PairHeap heap;

    Merge(byte[] piece) {
      this.piece = piece;
      int n = piece.length;
      end = new int[n];
      previous = new int[n];
      pairRank = new int[n];
      heap = new PairHeap(n);
      for (int p = 0; p < n; p++) {
        end[p] = p + 1;
        previous[p] = p - 1;
      }
      for (int p = 0; p < n; p++) {
        consider(p);
      }
    }

    void run(TokenBuffer ids) {
      while (!heap.isEmpty()) {
        long entry = heap.pop();
        int p = PairHeap.position(entry);
        if (pairRank[p] == PairHeap.rank(entry)) {
          join(p);
        }
      }
      for (int p = 0; p < piece.length; p = end[p]) {
        ids.add(table.rank(piece, p, end[p]));
      }
    }

    private void join(int p) {
      int right = end[p];
      end[p] = end[right];
      pairRank[right] = TokenTable.NONE;
      if (end[p] < piece.length) {
        previous[end[p]] = p;
      }
      consider(p);
      if (previous[p] >= 0) {
        consider(previous[p]);
      }
    }

    private void consider(int p) {
      int right = end[p];
      pairRank[p] = right < piece.length ? table.rank(piece, p, end[right]) : TokenTable.NONE;
      if (pairRank[p] != TokenTable.NONE) {
        heap.push(pairRank[p], p);
      }
    }
  }
}
