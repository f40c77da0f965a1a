package dev.moonflow.jobs.documents;

import dev.moonflow.jobs.ingest.PageSheet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A page that is read line by line and waits for some.
 *
 * @param sheet what is known of it
 * @param lines what became of each of its lines; null for one that has not come
 */
record OpenPage(PageSheet sheet, List<LineReading> lines) {
  static OpenPage of(PageSheet sheet) {
    return new OpenPage(sheet, Collections.nCopies(sheet.lines().size(), null));
  }

  OpenPage with(int line, LineReading reading) {
    List<LineReading> more = new ArrayList<>(lines);
    more.set(line, reading);
    return new OpenPage(sheet, more);
  }

  boolean complete() {
    return lines.stream().allMatch(Objects::nonNull);
  }
}
