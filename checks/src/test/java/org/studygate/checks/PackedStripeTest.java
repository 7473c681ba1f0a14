package org.studygate.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `StripeProviderTest` once more, with what the zips hold of Stripe's library and nothing else of
/// it: a class that was left out and is needed is found here and not by a patient.
final class PackedStripeTest {
  private static final String TEST = "org.studygate.stripe.StripeProviderTest";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCallIsMadeWithWhatIsPacked() {
    return Stream.of("payment-checkout", "payment-sweep", "payment-webhook")
        .map(function -> DynamicTest.dynamicTest(function, () -> run(function)));
  }

  private void run(String function) throws Exception {
    try (var packed = packed(function)) {
      var test = packed.loadClass(TEST);
      assertThat(test.getClassLoader()).isSameAs(packed);
      var ran = 0;
      for (var method : test.getMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          var instance = test.getConstructor().newInstance();
          test.getMethod("start").invoke(instance);
          try {
            method.invoke(instance);
          } catch (InvocationTargetException failed) {
            throw new AssertionError(method.getName(), failed.getCause());
          } finally {
            test.getMethod("stop").invoke(instance);
          }
          ran++;
        }
      }
      assertThat(ran).isGreaterThan(10);
    }
  }

  @Test
  void whatNobodyCallsIsNotPacked() throws IOException {
    try (var packed = packed("payment-webhook")) {
      assertThatThrownBy(() -> packed.loadClass("com.stripe.param.CustomerCreateParams$Address"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  private Packed packed(String function) throws IOException {
    var zip = Folders.function(function).resolve("target/function.zip");
    var urls = new ArrayList<URL>();
    urls.add(zip.toUri().toURL());
    try (var entries = new ZipFile(zip.toFile())) {
      for (var entry : entries.stream().filter(one -> one.getName().endsWith(".jar")).toList()) {
        var jar = folder.resolve(function + "-" + entry.getName().replace('/', '-'));
        try (InputStream in = entries.getInputStream(entry)) {
          Files.copy(in, jar);
        }
        urls.add(jar.toUri().toURL());
      }
    }
    // the test, the stand-in it talks to, and what tests share
    for (var classes :
        List.of(
            "shared/stripe/target/test-classes",
            "shared/target/test-classes",
            "local/stripe/target/classes")) {
      var path = Folders.ROOT.resolve(classes);
      assertThat(path).as("made by the build of the whole").isDirectory();
      urls.add(path.toUri().toURL());
    }
    return new Packed(urls.toArray(URL[]::new), getClass().getClassLoader());
  }

  /// Looks in the zip first, and for what a function brings along nowhere else.
  private static final class Packed extends URLClassLoader {
    private static final List<String> OURS =
        List.of(
            "com.stripe.", "com.google.gson.", "org.studygate.", "software.amazon.", "org.crac.");

    Packed(URL[] urls, ClassLoader others) {
      super(urls, others);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (OURS.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }

    @Override
    public URL getResource(String name) {
      var own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }
  }
}
