package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chains letters to segments of lines: first letters of one word or of words that stand close, with
 * the points, dashes and accents beside them; then what is left between wide spaces.
 */
final class Segments {
  /** Segments of a page at most; a page of smallest print has some thousand. */
  static final int COUNT_MAX = 8_000;

  /** Space within a chain, in heights of the larger letter: above a space, below a gutter. */
  private static final double LETTER_GAP = 0.9;

  /** Space within a segment, in heights of it: a full stop and a space of a typewriter's font. */
  private static final double WORD_GAP = 1.4;

  private final Components all;
  private final LetterSize size;
  private final int[] letters;
  private final DisjointSets chains;

  private Segments(Components all, LetterSize size, int[] letters) {
    this.all = all;
    this.size = size;
    this.letters = letters;
    chains = new DisjointSets(letters.length);
  }

  /**
   * What was found on a straight page.
   *
   * @param segments in no order that matters, always the same
   * @param uprightness -1 (the page stands on its head) to 1, 0 when it cannot be told
   */
  record Found(List<Segment> segments, double uprightness) {}

  /**
   * Finds them.
   *
   * @param pictures reduced boxes in which nothing is text
   */
  static Found of(Components all, LetterSize size, List<Box> pictures) {
    if (size.typical() == 0) {
      return new Found(List.of(), 0);
    }
    int[] letters = select(all, size, pictures);
    Segments segments = new Segments(all, size, letters);
    segments.chain();
    return segments.collect();
  }

  private static int[] select(Components all, LetterSize size, List<Box> pictures) {
    int[] found = new int[all.count()];
    int count = 0;
    for (int i = 0; i < all.count(); i++) {
      if (size.isLetter(all, i) && !within(pictures, all, i)) {
        found[count++] = i;
      }
    }
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> found[i]);
    Arrays.sort(order, Comparator.comparingInt((Integer i) -> all.left[i]).thenComparing(i -> i));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private static boolean within(List<Box> pictures, Components all, int i) {
    int x = (all.left[i] + all.right[i]) / 2;
    int y = (all.top[i] + all.bottom[i]) / 2;
    for (Box picture : pictures) {
      if (x >= picture.left()
          && x < picture.right()
          && y >= picture.top()
          && y < picture.bottom()) {
        return true;
      }
    }
    return false;
  }

  /** Joins each letter with those close to its right; letters stand sorted by their left edge. */
  private void chain() {
    int cell = size.typical();
    int bands = all.pageHeight() / cell + 1;
    int[][] band = new int[bands][];
    int[] filled = new int[bands];
    for (int letter : letters) {
      filled[band(letter, cell)]++;
    }
    for (int i = 0; i < bands; i++) {
      band[i] = new int[filled[i]];
    }
    Arrays.fill(filled, 0);
    for (int i = 0; i < letters.length; i++) {
      int at = band(letters[i], cell);
      band[at][filled[at]++] = i;
    }
    for (int i = 0; i < letters.length; i++) {
      int a = letters[i];
      int from = Math.max(0, all.top[a] / cell - 1);
      int to = Math.min(bands - 1, all.bottom[a] / cell + 1);
      for (int at = from; at <= to; at++) {
        chain(i, band[at]);
      }
    }
  }

  private int band(int letter, int cell) {
    return (all.top[letter] + all.bottom[letter]) / 2 / cell;
  }

  private void chain(int i, int[] others) {
    int a = letters[i];
    double reach = all.right[a] + LETTER_GAP * 2.5 * all.height(a);
    int at = Arrays.binarySearch(others, i);
    for (int k = at >= 0 ? at + 1 : -at - 1; k < others.length; k++) {
      int b = letters[others[k]];
      if (all.left[b] > reach) {
        return;
      }
      if (follows(a, b)) {
        chains.join(i, others[k]);
      }
    }
  }

  private boolean follows(int a, int b) {
    int heightA = all.height(a);
    int heightB = all.height(b);
    int low = Math.min(heightA, heightB);
    int high = Math.max(heightA, heightB);
    if (high > 2.6 * low || all.left[b] - all.right[a] > LETTER_GAP * high) {
      return false;
    }
    int apart = Math.abs(all.top[a] + all.bottom[a] - all.top[b] - all.bottom[b]); // twice
    return apart <= 1.2 * low;
  }

  private Found collect() {
    List<SegmentBuilder> chained = new ArrayList<>();
    SegmentBuilder[] of = new SegmentBuilder[letters.length];
    for (int i = 0; i < letters.length; i++) {
      int root = chains.find(i);
      if (of[root] == null) {
        of[root] = new SegmentBuilder(all);
        chained.add(of[root]);
      }
      of[root].add(letters[i]);
    }
    // Marks come before words are joined: a full stop is what stands between two of them.
    List<SegmentBuilder> joined = join(new Marks(all, size).attach(chained));
    if (joined.size() > COUNT_MAX) {
      joined.sort(Comparator.comparingInt(s -> -s.letters()));
      joined = new ArrayList<>(joined.subList(0, COUNT_MAX));
    }
    List<Segment> done = new ArrayList<>();
    int[] segmentOf = new int[all.count()];
    Arrays.fill(segmentOf, -1);
    for (SegmentBuilder builder : joined) {
      if (builder.isText(size.typical())) {
        builder.label(done.size(), segmentOf);
        done.add(builder.build());
      }
    }
    return new Found(done, Uprightness.of(all, done, segmentOf));
  }

  /** Joins chains of one row whose space is that between words. */
  private List<SegmentBuilder> join(List<SegmentBuilder> chained) {
    SegmentBuilder[] byLeft = chained.toArray(SegmentBuilder[]::new);
    Arrays.sort(
        byLeft,
        Comparator.comparingInt((SegmentBuilder s) -> s.left()).thenComparingInt(s -> s.top()));
    DisjointSets sets = new DisjointSets(byLeft.length);
    int tallest = Arrays.stream(byLeft).mapToInt(SegmentBuilder::height).max().orElse(0);
    for (int i = 0; i < byLeft.length; i++) {
      SegmentBuilder a = byLeft[i];
      double reach = a.right() + (WORD_GAP + 2) * tallest;
      for (int j = i + 1; j < byLeft.length && byLeft[j].left() <= reach; j++) {
        if (a.continuesIn(byLeft[j], WORD_GAP, 1.3 * size.typical())) {
          sets.join(i, j);
        }
      }
    }
    SegmentBuilder[] of = new SegmentBuilder[byLeft.length];
    List<SegmentBuilder> joined = new ArrayList<>();
    for (int i = 0; i < byLeft.length; i++) {
      int root = sets.find(i);
      if (of[root] == null) {
        of[root] = byLeft[i];
        joined.add(byLeft[i]);
      } else {
        of[root].addAll(byLeft[i]);
      }
    }
    return joined;
  }
}
