package dev.moonflow.jobs.documents;

/** How far two texts disagree. */
public final class CharacterErrors {
  /** Characters of each text that are compared: the work grows with their product. */
  static final int CHARACTERS_MAX = 10_000;

  private CharacterErrors() {}

  /**
   * The character error rate: insertions, deletions and substitutions that make one text of the
   * other, by the length of the reference. White space is made equal first; of longer texts the
   * first 10,000 characters are compared.
   *
   * @return 0 for equal texts; 1 where the reference is empty and the other is not
   */
  public static double rate(String text, String reference) {
    int[] a = characters(text);
    int[] b = characters(reference);
    if (b.length == 0) {
      return a.length == 0 ? 0 : 1;
    }
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return (double) row[b.length] / b.length;
  }

  private static int[] characters(String text) {
    return text.strip().replaceAll("\\s+", " ").codePoints().limit(CHARACTERS_MAX).toArray();
  }
}
