package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.constraint.ConstraintCompiler;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.Span;
import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.model.vision.ImageFeatures;
import java.util.List;

/**
 * What an engine needs of a loaded model. Immutable; shared by engines.
 *
 * @param tokenizer text to ids
 * @param template conversations to prompts
 * @param images brings images to a size that the tower takes
 * @param vision processed images to features
 * @param language shape, embedding and cache of the language model
 * @param forward the language model's pass over spans: logits, a row for each asked for
 * @param mediaTokenId the id that stands for a row of image features
 * @param stops what ends a generation
 * @param constraints what constrained answers are compiled by
 */
public record EngineModel(
    Tokenizer tokenizer,
    ChatTemplate template,
    ImageProcessor images,
    ImageEncoder vision,
    LanguageModel language,
    Forward forward,
    int mediaTokenId,
    StopTokens stops,
    ConstraintCompiler constraints) {

  /** Encodes a packed batch of processed images. */
  @FunctionalInterface
  public interface ImageEncoder {
    /** Features of the images, in order. */
    ImageFeatures encode(List<RgbImage> processed);
  }

  /** Computes new tokens of some sequences. */
  @FunctionalInterface
  public interface Forward {
    /** Logits [rows, V] as {@link LanguageModel#forward(List)} gives them. */
    float[] forward(List<Span> spans);
  }
}
