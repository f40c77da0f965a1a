package dev.moonflow.model.layout;

/**
 * A run of letters that follow each other: a line of one column, or a cell of one row. Reduced
 * pixels of the straight page.
 *
 * @param box around letters and marks
 * @param letters how many there are
 * @param letterHeight height that three quarters of its letters do not pass: that of a capital
 */
record Segment(Box box, int letters, int letterHeight) {

  int middleY() {
    return (box.top() + box.bottom()) / 2;
  }

  /** Whether both stand in one row. */
  boolean besides(Segment other) {
    int shared = box.rowsShared(other.box);
    return 2 * shared >= Math.min(box.height(), other.box.height());
  }
}
