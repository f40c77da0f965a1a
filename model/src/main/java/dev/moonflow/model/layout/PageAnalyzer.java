package dev.moonflow.model.layout;

import dev.moonflow.kernels.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how a page lies and where its lines are. Stateless; an A4 page at 150 dpi takes some ten
 * milliseconds on one core.
 */
public final class PageAnalyzer {
  /** A page is turned upside down only on evidence as clear as this. */
  private static final double UPSIDE_DOWN_CONFIDENCE = 0.12;

  /** Past this a reduced page cannot be turned in 16 bits; nobody scans such strips. */
  private static final int SIDE_MAX = 30_000;

  private PageAnalyzer() {}

  /** Text and pictures of a straight reduced page. */
  private record Found(Segments.Found text, List<Box> pictures) {}

  /** A straight reduced page with what was found on it. */
  private record Straight(PageTransform reduced, Paper paper, Components all, LetterSize size) {
    Found find() {
      List<Box> pictures = Pictures.of(paper, all, size);
      return new Found(Segments.of(all, size, pictures), pictures);
    }

    static Straight of(GrayPage gray, PageTransform reduced) {
      GrayPage straight = reduced.isIdentity() ? gray : gray.straightened(reduced);
      Paper paper = Paper.of(straight);
      Components all = Components.of(InkRuns.of(straight, paper));
      return new Straight(reduced, paper, all, LetterSize.of(all));
    }
  }

  /** The layout of a page; never fails, whatever the pixels are. */
  public static PageLayout analyze(RgbImage page, LayoutOptions options) {
    GrayPage gray = GrayPage.of(page);
    Straight straight = Straight.of(gray, PageTransform.identity(gray.width(), gray.height()));
    PageLie lie = PageLie.UNKNOWN;
    if (Math.max(gray.width(), gray.height()) <= SIDE_MAX) {
      lie = PageLie.of(straight.all(), straight.size(), options.quarterTurns(), options.skew());
    }
    if (lie.sideways() || lie.skewDegrees() != 0) {
      straight = Straight.of(gray, reduced(gray, lie));
    }
    Found found = straight.find();
    double up = found.text().uprightness();
    boolean turned = options.upsideDown() && up < -UPSIDE_DOWN_CONFIDENCE;
    if (turned) {
      straight = Straight.of(gray, straight.reduced().upsideDown());
      found = straight.find();
    }
    PageTransform reduced = straight.reduced();
    PageTransform transform =
        new PageTransform(
            page.width(), page.height(), reduced.quarterTurns(), reduced.skewDegrees());
    int typical = straight.size().typical();
    List<PlacedSegment> placed = ReadingOrder.of(found.text().segments(), typical);
    double ink = ink(straight.all());
    return new PageLayout(
        transform,
        lie.sidewaysConfidence(),
        options.upsideDown() ? Math.abs(up) : 0,
        ink,
        found.text().segments().isEmpty()
            && found.pictures().isEmpty()
            && ink <= options.blankInk(),
        lines(placed, FullSize.of(straight.reduced(), transform, gray.factor())),
        FullSize.of(straight.reduced(), transform, gray.factor()).boxes(found.pictures()));
  }

  private static PageTransform reduced(GrayPage gray, PageLie lie) {
    int turns = lie.sideways() ? 1 : 0;
    return new PageTransform(gray.width(), gray.height(), turns, lie.skewDegrees());
  }

  private static double ink(Components all) {
    double ink = 0;
    for (int i = 0; i < all.count(); i++) {
      ink += all.touchesEdge(i) ? 0 : all.ink[i];
    }
    return ink / ((double) all.pageWidth() * all.pageHeight());
  }

  private static List<TextLine> lines(List<PlacedSegment> placed, FullSize full) {
    List<TextLine> lines = new ArrayList<>(placed.size());
    for (PlacedSegment each : placed) {
      Segment segment = each.segment();
      Box box = full.box(segment.box());
      lines.add(
          new TextLine(
              box,
              full.transform().toPage(box),
              each.block(),
              each.row(),
              each.cell(),
              (segment.box().left() - each.blockLeft()) * full.factor(),
              segment.letterHeight() * full.factor()));
    }
    return lines;
  }
}
