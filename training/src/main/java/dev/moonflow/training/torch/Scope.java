package dev.moonflow.training.torch;

import java.util.Iterator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Frees the native memory of every tensor made within it when it is closed, except those handed to
 * {@link #keep}. Scopes nest; each thread has its own. LibTorch counts references itself, so a
 * tensor that a graph or a parameter still needs stays alive inside the library.
 */
public final class Scope implements AutoCloseable {
  private final PointerScope scope = new PointerScope();

  /**
   * Lets a tensor outlive this scope: it belongs to the enclosing one, or, where there is none, to
   * the collector and whoever closes it.
   */
  public <P extends Pointer> P keep(P value) {
    value.retainReference();
    scope.detach(value);
    PointerScope outer = enclosing();
    if (outer != null) {
      outer.attach(value);
      value.releaseReference();
    }
    return value;
  }

  private PointerScope enclosing() {
    Iterator<PointerScope> open = PointerScope.getScopeIterator();
    while (open != null && open.hasNext()) {
      if (open.next() == scope) {
        return open.hasNext() ? open.next() : null;
      }
    }
    return null;
  }

  @Override
  public void close() {
    scope.close();
  }
}
