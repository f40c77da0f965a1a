package dev.moonflow.training.batch;

import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.image.ResizePlan;
import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Samples to tokens and loss weights. Pre-training samples (all parts {@link Role#NONE}) are their
 * parts and [EOS]; all text is learnt. Conversations follow the chat template of inference; only
 * the text of the assistant and its {@code <|im_end|>} are learnt. Image blocks are never learnt.
 * Parts whose index stands in the attribute {@value #IGNORE} are not learnt either. Thread-safe.
 */
public final class ExampleEncoder {

  /** Attribute of a sample: indices of parts that are not learnt, separated by commas. */
  public static final String IGNORE = "ignore";

  private static final String MIDDLE = "<|im_middle|>";
  private static final String END = "<|im_end|>";

  private final Tokenizer tokenizer;
  private final int mediaTokenId;
  private final ImageLoader images;
  private final Demand demand;

  /** What a sample must be, beside what can be trained on at all. */
  private record Demand(String problem, Predicate<Sample> accepted) {}

  /** An encoder for a model's tokenizer and image settings. */
  public ExampleEncoder(Tokenizer tokenizer, int mediaTokenId, ImageLoader images) {
    this(tokenizer, mediaTokenId, images, new Demand("", sample -> true));
  }

  private ExampleEncoder(Tokenizer tokenizer, int mediaTokenId, ImageLoader images, Demand demand) {
    this.tokenizer = tokenizer;
    this.mediaTokenId = mediaTokenId;
    this.images = images;
    this.demand = demand;
  }

  /** The same, but pre-training samples are refused. */
  public ExampleEncoder conversationsOnly() {
    return requiring("is no conversation", ExampleEncoder::isConversation);
  }

  /** The same, but samples without exactly one image are refused. */
  public ExampleEncoder oneImageOnly() {
    return requiring(
        "does not have exactly one image",
        sample -> sample.parts().stream().filter(Part.Image.class::isInstance).count() == 1);
  }

  private ExampleEncoder requiring(String problem, Predicate<Sample> accepted) {
    return new ExampleEncoder(tokenizer, mediaTokenId, images, new Demand(problem, accepted));
  }

  /** The images of inference. */
  ImageLoader images() {
    return images;
  }

  /**
   * One sample as tokens.
   *
   * @throws RefusedExampleException if it cannot be trained on
   */
  public Example encode(Sample sample) throws RefusedExampleException {
    boolean conversation = isConversation(sample);
    if (conversation && sample.parts().stream().anyMatch(part -> part.role() == Role.NONE)) {
      throw malformed(sample, "has parts with and parts without a role");
    }
    if (!demand.accepted().test(sample)) {
      throw malformed(sample, demand.problem());
    }
    Encoding encoding = new Encoding(sample, ignored(sample));
    if (conversation) {
      encoding.conversation();
    } else {
      encoding.document();
    }
    int[] tokens = encoding.layout.tokens();
    Example example =
        new Example(sample.id(), conversation, tokens, encoding.layout.weights(), encoding.media);
    if (!example.isLearnt()) {
      throw new RefusedExampleException(
          Refusal.NOTHING_LEARNT, "sample " + sample.id() + " has no token that would be learnt.");
    }
    return example;
  }

  private static boolean isConversation(Sample sample) {
    return sample.parts().stream().anyMatch(part -> part.role() != Role.NONE);
  }

  private static Set<Integer> ignored(Sample sample) throws RefusedExampleException {
    Set<Integer> parts = new HashSet<>();
    String list = sample.attributes().getOrDefault(IGNORE, "");
    for (String index : list.isBlank() ? new String[0] : list.split(",")) {
      try {
        parts.add(Integer.parseInt(index.strip()));
      } catch (NumberFormatException e) {
        throw malformed(sample, "has an attribute ignore that is no list of parts: " + list);
      }
    }
    return parts;
  }

  private static RefusedExampleException malformed(Sample sample, String why) {
    return new RefusedExampleException(
        Refusal.MALFORMED, "sample " + sample.id() + " " + why + ".");
  }

  /** One sample on its way. */
  private final class Encoding {
    private final Sample sample;
    private final Set<Integer> ignored;
    private final TokenLayout layout = new TokenLayout(tokenizer, mediaTokenId);
    private final List<Example.Media> media = new ArrayList<>();

    Encoding(Sample sample, Set<Integer> ignored) {
      this.sample = sample;
      this.ignored = ignored;
    }

    void document() throws RefusedExampleException {
      for (int i = 0; i < sample.parts().size(); i++) {
        content(i, true);
      }
      layout.control("[EOS]", true);
    }

    void conversation() throws RefusedExampleException {
      if (sample.parts().get(0).role() != Role.SYSTEM) {
        open(Role.SYSTEM);
        layout.text(ChatTemplate.DEFAULT_SYSTEM_PROMPT, false);
        layout.control(END, false);
      }
      Role role = null;
      for (int i = 0; i < sample.parts().size(); i++) {
        Role next = sample.parts().get(i).role();
        if (next != role) {
          if (role != null) {
            layout.control(END, role == Role.ASSISTANT);
          }
          open(next);
          role = next;
        }
        content(i, role == Role.ASSISTANT);
      }
      layout.control(END, role == Role.ASSISTANT);
    }

    private void open(Role role) {
      String name = role.name().toLowerCase(Locale.ROOT);
      layout.control("<|im_" + name + "|>", false);
      layout.text(name, false);
      layout.control(MIDDLE, false);
    }

    private void content(int index, boolean learnt) throws RefusedExampleException {
      Part part = sample.parts().get(index);
      if (part instanceof Part.Text text) {
        layout.text(text.text(), learnt && !ignored.contains(index));
      } else if (part instanceof Part.Image image) {
        ResizePlan plan = images.plan(sample.id(), image);
        int start = layout.media(plan.mediaTokens());
        media.add(new Example.Media(image, plan.patches(), start, layout.size()));
      }
    }
  }
}
