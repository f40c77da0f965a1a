package dev.moonflow.model.layout;

import java.util.Arrays;

/** A segment that still grows. */
final class SegmentBuilder {
  private final Components all;
  private int[] members = new int[16];
  private int count;
  private int left = Integer.MAX_VALUE;
  private int top = Integer.MAX_VALUE;
  private int right;
  private int bottom;

  /** The box of the marks; letters alone say how high a line is. */
  private Box marks;

  SegmentBuilder(Components all) {
    this.all = all;
  }

  void add(int letter) {
    if (count == members.length) {
      members = Arrays.copyOf(members, 2 * count);
    }
    members[count++] = letter;
    left = Math.min(left, all.left[letter]);
    top = Math.min(top, all.top[letter]);
    right = Math.max(right, all.right[letter]);
    bottom = Math.max(bottom, all.bottom[letter]);
  }

  void addAll(SegmentBuilder other) {
    for (int i = 0; i < other.count; i++) {
      add(other.members[i]);
    }
    if (other.marks != null) {
      marks = marks == null ? other.marks : marks.union(other.marks);
    }
  }

  void addMark(int mark) {
    marks = marks == null ? all.box(mark) : marks.union(all.box(mark));
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int right() {
    return right;
  }

  int bottom() {
    return bottom;
  }

  int height() {
    return bottom - top;
  }

  int firstLetter() {
    return members[0];
  }

  int letters() {
    return count;
  }

  /** Around letters and marks. */
  Box box() {
    Box letters = new Box(left, top, right, bottom);
    return marks == null ? letters : letters.union(marks);
  }

  private int wholeRight() {
    return marks == null ? right : Math.max(right, marks.right());
  }

  private int wholeLeft() {
    return marks == null ? left : Math.min(left, marks.left());
  }

  /**
   * Whether another, which begins further right, stands in the same line.
   *
   * @param gapMax space in heights of the higher one
   * @param heightMin taken for words without ascender and descender
   */
  boolean continuesIn(SegmentBuilder other, double gapMax, double heightMin) {
    int low = Math.min(height(), other.height());
    int high = Math.max(height(), other.height());
    int shared = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return high <= 2.6 * low
        && 2 * shared >= low
        && other.wholeLeft() - wholeRight() <= gapMax * Math.max(high, heightMin);
  }

  /** A single small component is more likely dirt than a letter that stands alone. */
  boolean isText(int typical) {
    return count > 2 || height() >= 0.6 * typical;
  }

  /** Marks a segment's letters with its number. */
  void label(int number, int[] ofComponent) {
    for (int i = 0; i < count; i++) {
      ofComponent[members[i]] = number;
    }
  }

  Segment build() {
    int[] heights = new int[count];
    for (int i = 0; i < count; i++) {
      heights[i] = all.height(members[i]);
    }
    Arrays.sort(heights);
    return new Segment(box(), count, heights[Math.min(count - 1, 3 * count / 4)]);
  }
}
