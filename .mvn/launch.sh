# What ./sightline and ./verify share: words to the user, finding JDKs, finding Maven. Sourced, not run.
# shellcheck shell=sh
# shellcheck disable=SC2154 # program and home are the caller's

# say WORDS…: one line to the user. die WORDS…: one line, then exit 2.
say() { printf '%s: %s\n' "$program" "$*" >&2; }
die() {
    say "$@"
    exit 2
}

# jdk_version HOME: sets full to the version of the JDK there, as in 17.0.15, and version to its major part, or to 0.
jdk_version() {
    version=0
    [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 0
    full=''
    if [ -r "$1/release" ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            case $line in JAVA_VERSION=*) full=${line#JAVA_VERSION=} ;; esac
        done <"$1/release"
    else
        full=$("$1/bin/javac" -version 2>&1) || full=
        full=${full#javac }
    fi
    full=${full#\"} full=${full%\"}
    version=${full%%[!0-9]*}
    version=${version:-0}
}

# find_jdk LOWEST HIGHEST: sets jdk, jdk_full and jdk_major to the newest JDK between the two; fails if there is none.
# SIGHTLINE_JAVA_HOME, where set, is the only one looked at.
find_jdk() {
    jdk='' jdk_full='' jdk_major=0
    if [ -n "${SIGHTLINE_JAVA_HOME:-}" ]; then
        set -- "$1" "$2" "$SIGHTLINE_JAVA_HOME"
    else
        on_path=$(command -v javac) && on_path=$(readlink -f "$on_path") || on_path=''
        # On macOS that is a stub, which knows where the real one is.
        [ "$on_path" != /usr/bin/javac ] || on_path=$(/usr/libexec/java_home 2>/dev/null)/bin/javac
        set -- "$1" "$2" "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
            "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    fi
    lowest=$1 highest=$2
    shift 2
    for candidate; do
        jdk_version "$candidate"
        if [ "$version" -ge "$lowest" ] && [ "$version" -le "$highest" ] && [ "$version" -gt "$jdk_major" ]; then
            jdk=$candidate jdk_full=$full jdk_major=$version
        fi
    done
    [ -n "$jdk" ]
}

# need_jdk: the newest JDK of at least 17, or a clear end.
need_jdk() {
    find_jdk 17 999 && return
    [ -z "${SIGHTLINE_JAVA_HOME:-}" ] || die "SIGHTLINE_JAVA_HOME=$SIGHTLINE_JAVA_HOME holds no JDK 17 or later"
    die "no JDK 17 or later found; install one (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME"
}

# need_maven WHAT: sets maven to the mvn command, or ends.
need_maven() {
    maven=$(command -v mvn) && return
    maven=${MAVEN_HOME:-/nowhere}/bin/mvn
    [ -x "$maven" ] || die "no Maven found, and $1 needs it; install it (Debian: apt install maven) or put mvn on the PATH"
}

# exec_maven ARGS…: becomes Maven on the JDK in $jdk; to be called in a subshell.
exec_maven() {
    export JAVA_HOME="$jdk"
    if [ "$jdk_major" -ge 23 ]; then
        # Older Mavens' own libraries; warnings about them help nobody here.
        MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
        export MAVEN_OPTS
    fi
    cd "$home" || exit
    exec "$maven" -B "$@" </dev/null
}

# One line that changes whenever a source file does: its name or its content, also when a file is added or removed.
fingerprint() {
    (
        cd "$home" || exit
        find pom.xml api/pom.xml processors/pom.xml server/pom.xml api/src/main processors/src/main server/src/main \
            -type f -exec cksum {} + 2>/dev/null | LC_ALL=C sort | cksum
    )
}

now() { date +%s; }

# doing LOG: what Maven is at, from the end of its log, in a few words.
doing() {
    tail -n 40 "$1" 2>/dev/null | awk '
        /Downloading from/ { n = split($NF, part, "/"); what = "downloading " part[n] }
        /--- .* @ / { sub(/^.*--- /, ""); sub(/ ---.*$/, ""); split($0, w, /[ :]/); what = w[3] " of " $NF }
        END { print what }'
}

# show_progress PID LOG TITLE: shows that work goes on, in one live line or, where there is no terminal, now and then.
show_progress() {
    began=$(now)
    next=15
    while kill -0 "$1" 2>/dev/null; do
        sleep 0.3 2>/dev/null || sleep 1
        seconds=$(($(now) - began))
        if [ -t 2 ]; then
            printf '\r\033[K%s: %s… %d s  %.60s' "$program" "$3" "$seconds" "$(doing "$2")" >&2
        elif [ "$seconds" -ge "$next" ]; then
            say "$3… $seconds s  $(doing "$2")"
            next=$((seconds + 15))
        fi
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# interrupted: ends the worker in the background, what runs beside it, and this script.
interrupted() {
    trap - HUP INT TERM
    # shellcheck disable=SC2086 # none or one
    kill "$worker" ${beside:-} 2>/dev/null || :
    wait "$worker" 2>/dev/null || :
    [ ! -t 2 ] || printf '\n' >&2
    say "interrupted"
    exit 130
}

# maven_with_progress TITLE LOG ARGS…: runs Maven, showing only that it goes on; returns Maven's status.
maven_with_progress() {
    title=$1 maven_log=$2
    shift 2
    (exec_maven -Dstyle.color=never "$@") >"$maven_log" 2>&1 &
    worker=$!
    trap interrupted HUP INT TERM
    show_progress "$worker" "$maven_log" "$title"
    maven_status=0
    wait "$worker" || maven_status=$?
    trap - HUP INT TERM
    return "$maven_status"
}

# errors LOG: the lines of a Maven log that tell what went wrong (a compiler warning may); its end where none does.
errors() {
    telling=$(grep -aE '^\[ERROR\] .|^\[WARNING\] .*\.java' "$1" |
        grep -avE 'Help 1|^\[ERROR\] (To see the full|Re-run Maven|For more inf|After correcting|  mvn <args>)' |
        awk '!seen[$0]++' | head -n 30)
    if [ -n "$telling" ]; then printf '%s\n' "$telling"; else tail -n 30 "$1"; fi
}
