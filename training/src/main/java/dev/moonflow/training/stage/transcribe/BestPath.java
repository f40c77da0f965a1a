package dev.moonflow.training.stage.transcribe;

import java.util.Arrays;

/** What the slots say if each names its likeliest byte: runs are joined, blanks are dropped. */
final class BestPath {
  private BestPath() {}

  /**
   * Bytes of one line.
   *
   * @param logs [slots, classes] of many lines
   * @param first slot of the line
   * @param count its slots
   */
  static byte[] bytes(float[] logs, int first, int count) {
    byte[] bytes = new byte[count];
    int length = 0;
    int before = SlotReader.BLANK;
    for (int t = first; t < first + count; t++) {
      int best = 0;
      for (int c = 1; c < SlotReader.CLASSES; c++) {
        if (logs[t * SlotReader.CLASSES + c] > logs[t * SlotReader.CLASSES + best]) {
          best = c;
        }
      }
      if (best != before && best != SlotReader.BLANK) {
        bytes[length++] = (byte) (best - 1);
      }
      before = best;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Insertions, deletions and replacements of bytes between two lines, each at cost 1. */
  static int edits(byte[] a, byte[] b) {
    int[] row = new int[b.length + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }
}
