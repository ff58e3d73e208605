# What the benches share: finding the JDK, building what has changed, the class path. Sourced, not run.
# shellcheck shell=sh
# shellcheck disable=SC2154 # program and home are the caller's

# shellcheck source=../.mvn/launch.sh
. "$home/.mvn/launch.sh"

# build_if_needed: the server as the launcher builds it, then the bench, which leaves alone what is built already.
build_if_needed() {
    stamp=$home/bench/target/bench.stamp
    [ "${SIGHTLINE_BUILD:-auto}" != never ] || return 0
    "$home/sightline" --version >/dev/null
    if [ ! -e "$stamp" ] || [ -n "$(find "$home"/pom.xml "$home"/*/pom.xml "$home"/*/src/main "$home"/server/src/test/java/dev/sightline/testkit -newer "$stamp" -print -quit)" ]; then
        need_maven "the build"
        mkdir -p "$home/target" "$home/bench/target"
        touch "$stamp.begun"
        maven_with_progress "building" "$home/target/bench-build.log" -DskipTests -pl bench -am package || {
            errors "$home/target/bench-build.log" >&2
            die "the build failed; the whole log is $home/target/bench-build.log"
        }
        mv "$stamp.begun" "$stamp"
    fi
}

# run_bench CLASS ARGS…: becomes that program.
run_bench() {
    class=$1
    shift
    newer=
    [ "$jdk_major" -lt 23 ] || newer='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
    # shellcheck disable=SC2086 # the options are words
    exec "$jdk/bin/java" $newer -Dsightline.home="$home" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ${bench_java_opts:-} \
        -cp "$home/server/target/sightline-server.jar:$home/server/target/sightline-server-tests.jar:$home/bench/target/classes:$home/bench/target/lib/*" "$class" "$@"
}
