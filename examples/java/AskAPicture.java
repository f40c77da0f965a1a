import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.Reply;
import dev.moonflow.model.ask.VisionModel;
import java.nio.file.Path;

/** Asks a model about a picture and prints the words as they come. No Flink, no Kafka. */
public final class AskAPicture {
  private AskAPicture() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 3) {
      System.err.println("usage: AskAPicture MODEL-FOLDER PICTURE QUESTION [MAX-NEW-TOKENS]");
      System.exit(2);
    }
    int tokens = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 256;
    RgbImage picture = ImageFiles.read(Path.of(arguments[1]));
    try (VisionModel model = VisionModel.load(Path.of(arguments[0]))) {
      Reply reply = model.ask(picture, arguments[2], tokens, System.out::print);
      System.out.println();
      System.out.printf("-- %d tokens, %s%n", reply.tokens().length, reply.reason());
    }
  }
}
