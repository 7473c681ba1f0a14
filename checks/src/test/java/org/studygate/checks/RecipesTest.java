package org.studygate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/recipes.md leads to files that are there.
final class RecipesTest {
  private static final Pattern PATH = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+|\\w+\\.yaml)`");
  private static final Pattern COMMAND = Pattern.compile("(?:python )((?:scripts|web)/[\\w./-]+)");
  private static final Pattern PART = Pattern.compile("`\\./test ([a-z]+)`");

  @Test
  void everyPathIsThere() throws IOException {
    var paths = found(PATH);
    paths.addAll(found(COMMAND));
    assertThat(paths).hasSizeGreaterThan(25);
    assertThat(paths).allSatisfy(path -> assertThat(Folders.ROOT.resolve(path)).exists());
  }

  @Test
  void everyPartIsOneOfTests() throws IOException {
    var line = Pattern.compile("there is no part called .*").matcher(read("test"));
    assertThat(line.find()).isTrue();
    assertThat(found(PART))
        .isNotEmpty()
        .allSatisfy(part -> assertThat(line.group()).contains(part));
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    var found = new TreeSet<String>();
    pattern.matcher(read("docs/recipes.md")).results().forEach(one -> found.add(one.group(1)));
    return found;
  }

  private static String read(String file) throws IOException {
    return Files.readString(Folders.ROOT.resolve(file));
  }
}
