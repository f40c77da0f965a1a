package dev.moonflow.model.layout;

import java.util.Objects;

/**
 * A line of text, or one cell's line of a table.
 *
 * @param box where it stands on the straight page
 * @param pageBox the smallest upright box around it on the page as it came
 * @param block number of its block (paragraph, heading, table) on the page, from 0, in reading
 *     order
 * @param row its row in a table, from 0, or {@link #NONE}
 * @param cell its column in a table, from 0, or {@link #NONE}
 * @param indent pixels between the left edge of its block and its own
 * @param letterHeight height of its capitals, in pixels: what tells a heading
 */
public record TextLine(
    Box box, Box pageBox, int block, int row, int cell, int indent, int letterHeight) {
  /** Row and cell of a line that stands in no table. */
  public static final int NONE = -1;

  public TextLine {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(pageBox, "pageBox");
  }

  /** Whether it stands in a table. */
  public boolean inTable() {
    return row != NONE;
  }
}
