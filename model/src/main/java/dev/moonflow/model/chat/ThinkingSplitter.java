package dev.moonflow.model.chat;

/**
 * Splits the text of thinking models at their markers, all at once or as it arrives (SPEC section
 * 3.8). The markers are plain text of several tokens, so a marker may arrive in pieces; while the
 * end of the text may still become one, it is held back. Not thread-safe.
 *
 * <p>The visible answer is what follows the first closing marker. Text that arrives before any
 * marker counts as visible until a closing marker says otherwise; a model that thinks opens with
 * the marker, so that its reasoning never shows.
 */
public final class ThinkingSplitter {

  /** What opens the reasoning. */
  public static final String OPEN = "\u25c1think\u25b7";

  /** What closes the reasoning. */
  public static final String CLOSE = "\u25c1/think\u25b7";

  private final StringBuilder text = new StringBuilder();
  private int open = -1; // where the first opening marker begins, -1 if none came
  private int close = -1; // where the first closing marker begins, -1 if none came

  /** The split of a whole text. */
  public static Answer split(String text) {
    ThinkingSplitter splitter = new ThinkingSplitter();
    splitter.push(text);
    return splitter.finish();
  }

  /** Takes the next piece of the text. */
  public void push(String piece) {
    // A marker may have begun before the piece.
    int from = Math.max(0, text.length() - CLOSE.length() + 1);
    text.append(piece);
    if (close < 0) {
      close = text.indexOf(CLOSE, from);
      open = open < 0 ? text.indexOf(OPEN, from) : open;
    }
  }

  /** The split of what came so far, without an end that may become a marker. */
  public Answer current() {
    return answer(close >= 0 ? text.length() : text.length() - heldBack());
  }

  /** The split of everything that came. */
  public Answer finish() {
    return answer(text.length());
  }

  private Answer answer(int end) {
    if (close >= 0) {
      int begin = open >= 0 && open < close ? open + OPEN.length() : 0;
      return new Answer(
          text.substring(begin, close).strip(),
          text.substring(close + CLOSE.length(), end).strip(),
          false);
    }
    if (open >= 0) {
      int begin = open + OPEN.length();
      return new Answer(text.substring(begin, Math.max(begin, end)).strip(), "", true);
    }
    return new Answer("", text.substring(0, end), false);
  }

  /** Length of the longest end of the text that begins a marker. */
  private int heldBack() {
    for (int length = Math.min(text.length(), CLOSE.length() - 1); length > 0; length--) {
      String end = text.substring(text.length() - length);
      if (CLOSE.startsWith(end) || OPEN.startsWith(end)) {
        return length;
      }
    }
    return 0;
  }
}
