package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * In which direction letters follow each other: the next letter of a word is nearer than the letter
 * of the next line. Each letter votes for the direction of its nearer neighbour.
 */
final class NeighbourVotes {
  private NeighbourVotes() {}

  /**
   * Share of the votes for lines that run across the page, 0 to 1; 0.5 when nobody votes.
   *
   * @param letters components that vote and are neighbours
   * @param typical size of a letter
   */
  static double acrossShare(Components all, int[] letters, int typical) {
    int reach = 4 * Math.max(1, typical);
    Grid grid = new Grid(all, letters, reach);
    double across = 0;
    double votes = 0;
    for (int letter : letters) {
      int[] gap = grid.nearest(letter);
      if (gap[0] < reach || gap[1] < reach) {
        // Next to each other counts more than a draw between equal gaps.
        double margin = Math.abs(gap[0] - gap[1]);
        double weight = Math.min(margin, typical) / typical;
        across += gap[0] < gap[1] ? weight : 0;
        votes += weight;
      }
    }
    return votes == 0 ? 0.5 : across / votes;
  }

  /** Letters by the cell that their centre is in. */
  private static final class Grid {
    private final Components all;
    private final int cell;
    private final int across;
    private final int down;
    private final int[] first;
    private final int[] next;

    Grid(Components all, int[] letters, int cell) {
      this.all = all;
      this.cell = cell;
      across = all.pageWidth() / cell + 1;
      down = all.pageHeight() / cell + 1;
      first = new int[across * down];
      next = new int[all.count()];
      Arrays.fill(first, -1);
      for (int letter : letters) {
        int at = row(letter) * across + column(letter);
        next[letter] = first[at];
        first[at] = letter;
      }
    }

    private int column(int i) {
      return (all.left[i] + all.right[i]) / 2 / cell;
    }

    private int row(int i) {
      return (all.top[i] + all.bottom[i]) / 2 / cell;
    }

    /**
     * Gaps to the nearest letter beside, and above or below; the cell's size when there is none.
     */
    int[] nearest(int i) {
      int[] gap = {cell, cell};
      for (int y = Math.max(0, row(i) - 1); y <= Math.min(down - 1, row(i) + 1); y++) {
        for (int x = Math.max(0, column(i) - 1); x <= Math.min(across - 1, column(i) + 1); x++) {
          for (int other = first[y * across + x]; other >= 0; other = next[other]) {
            if (other != i) {
              measure(i, other, gap);
            }
          }
        }
      }
      return gap;
    }

    private void measure(int i, int j, int[] gap) {
      int beside = Math.max(all.left[i], all.left[j]) - Math.min(all.right[i], all.right[j]);
      int above = Math.max(all.top[i], all.top[j]) - Math.min(all.bottom[i], all.bottom[j]);
      int shortest = Math.min(all.height(i), all.height(j));
      int narrowest = Math.min(all.width(i), all.width(j));
      if (-above * 2 >= shortest && beside > -narrowest) {
        gap[0] = Math.min(gap[0], Math.max(0, beside));
      }
      if (-beside * 2 >= narrowest && above > -shortest) {
        gap[1] = Math.min(gap[1], Math.max(0, above));
      }
    }
  }
}
