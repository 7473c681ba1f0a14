# Finds what the commands need; sourced by ./run, ./test, ./package and the benches. Each finder prints one line when it fails.

# sets JAVA_HOME to a JDK 25 or later
find_java() {
  local home
  for home in "${JAVA_HOME:-}" "$(java_home_of_path)" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$home" ] && [ -x "$home/bin/javac" ] && [ "$(java_major "$home")" -ge 25 ]; then
      export JAVA_HOME="$home"
      PATH="$home/bin:$PATH"
      return 0
    fi
  done
  echo "A JDK 25 is missing: install one (for example Temurin 25 from adoptium.net) or set JAVA_HOME." >&2
  return 1
}

java_home_of_path() {
  local javac
  javac=$(command -v javac) || return 0
  javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
  dirname "$(dirname "$javac")"
}

java_major() {
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' | grep . || echo 0
}

find_maven() {
  command -v mvn >/dev/null && return 0
  echo "Maven is missing: install it (Debian: apt-get install maven)." >&2
  return 1
}

find_node() {
  if command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && command -v npm >/dev/null; then
    return 0
  fi
  echo "Node 20 or later is missing: install it from nodejs.org or your package manager." >&2
  return 1
}

find_python() {
  if command -v python3 >/dev/null && python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'; then
    return 0
  fi
  echo "Python 3.9 or later is missing: install it (Debian: apt-get install python3 python3-venv)." >&2
  return 1
}

need_chromium() {
  command -v chromium >/dev/null && return 0
  echo "Chromium is missing: install it (Debian: apt-get install chromium), or run ./test --quick." >&2
  return 1
}

# What the given files and folders hold, whenever they were written.
contents() {
  find "$@" -type f -not -path '*/target/*' -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}
# What ./run builds is made of; ./test, which builds the same, leaves the same stamps.
java_sources() { contents pom.xml shared functions local/pom.xml local/src local/dynamodb local/runtime local/stripe local/template .mvn; }
page_sources() { contents web shared/src/main/resources/org/studygate/i18n; }
# true when what was built is not there, or is of other sources
stale() {
  [ ! -e "$2" ] || [ "$(cat "$1" 2>/dev/null)" != "$3" ]
}

# how the local stack runs, in ./run and where it is measured: the optimising compiler for what is hot indeed (ADR 45)
local_java=(-Xmx256m -XX:+UseSerialGC -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -Djava.awt.headless=true -Dsun.net.httpserver.nodelay=true -Dhttp.keepAlive=false -Dstudygate.dynamodb.classpath=local/target/dynamodb.classpath -Dstudygate.python=.venv/bin/python)
