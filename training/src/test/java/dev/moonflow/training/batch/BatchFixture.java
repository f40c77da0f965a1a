package dev.moonflow.training.batch;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokenizer, image settings and samples for the tests of this package. */
final class BatchFixture {
  final Tokenizer tokenizer;
  final PreprocessorConfig preprocessor;
  final int mediaTokenId;
  final ImageLoader images;
  final ExampleEncoder encoder;

  BatchFixture(Path folder) throws IOException {
    mediaTokenId = SyntheticCheckpoint.write(folder, SyntheticSpec.small(1)).mediaTokenId();
    tokenizer = Tokenizer.load(folder);
    preprocessor = PreprocessorConfig.read(folder);
    images = new ImageLoader(preprocessor, MediaLimits.DEFAULT);
    encoder = new ExampleEncoder(tokenizer, mediaTokenId, images);
  }

  static Part.Text text(Role role, String text) {
    return new Part.Text(role, text);
  }

  /** A picture whose pixels follow its seed. */
  static DecodedImage pixels(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) KeyedHash.bits(seed, i);
    }
    return new DecodedImage(width, height, rgb);
  }

  static Part.Image image(Role role, int width, int height) {
    return new Part.Image(role, PngEncoder.encode(pixels(width, height, 3)), width, height);
  }

  static Sample sample(String id, Part... parts) {
    return sample(id, Map.of(), parts);
  }

  static Sample sample(String id, Map<String, String> attributes, Part... parts) {
    return new Sample(
        id,
        Category.TEXT,
        "test",
        "test",
        0,
        List.of(parts),
        List.of(),
        Optional.empty(),
        attributes);
  }

  /** The text of the tokens that are learnt. */
  String learnt(Example example) {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < example.length(); t++) {
      if (example.weights()[t] > 0) {
        text.append(tokenizer.decode(new int[] {example.tokens()[t]}));
      }
    }
    return text.toString();
  }
}
