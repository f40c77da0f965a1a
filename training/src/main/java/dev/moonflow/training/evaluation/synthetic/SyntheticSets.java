package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.training.evaluation.item.ItemOpener;
import java.util.Map;

/** The makers by the names that task definitions use as loaders. */
public final class SyntheticSets {
  private static final Map<String, ItemOpener> OPENERS =
      Map.of(
          "made-charts", MadeItems.opener(new ChartQuestions()),
          "made-scenes", MadeItems.opener(new SceneQuestions()),
          "made-figures", MadeItems.opener(new FigureSums()),
          "made-receipts", MadeItems.opener(new Receipts()),
          "made-lines", MadeItems.opener(new TextLines()),
          "made-screens", MadeItems.opener(new Screens()),
          "made-documents", MadeItems.opener(new PageNeedles()),
          "made-videos", MadeItems.opener(new FrameNeedles()),
          "made-motions", MadeItems.opener(new MotionQuestions()));

  private SyntheticSets() {}

  /** All of them. */
  public static Map<String, ItemOpener> openers() {
    return OPENERS;
  }
}
