# Packs the distribution: the program, its libraries and a Java runtime in one file. Sourced by ./release, not run.
# shellcheck shell=sh
# shellcheck disable=SC2154 # home, jdk, jdk_major and version are the caller's

# What the program, its libraries (jdeps) and users' own files may need of Java. jdk.compiler compiles users' files; it
# reads jars by jdk.zipfs. jdk.crypto.ec and jdk.charsets are found by name only.
modules=java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules=$modules,jdk.charsets,jdk.compiler,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

# Native code that nothing loads: OpenCV's other API for Java, and the parts of OpenBLAS's that OpenCV does not need.
unused='libopencv_java.so libjniopenblas_full.so'

# Where makers of jars put their licence.
notices=''
for part in LICENSE NOTICE; do
    for end in '' .txt .md; do notices="$notices $part$end META-INF/$part$end"; done
done

# pack BUILT TO: makes the file TO of what Maven built in the folder BUILT (server/target).
pack() {
    built=$1 file=$2
    name=$(basename "$file" .tar.gz)
    work=$home/target/dist
    tree=$work/$name
    rm -rf "$work" && mkdir -p "$tree/bin" "$tree/lib/natives" "$tree/licenses" || return
    add_runtime && add_natives && add_jars && add_texts && fix_times && add_archives || return
    # The same tree gives the same file.
    tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$name" | gzip -9n >"$file.part" &&
        mv "$file.part" "$file" && rm -rf "$work"
}

add_runtime() {
    # Not compressed here: all files together are, and better.
    "$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --output "$tree/runtime"
}

# The native libraries lie open in one folder: nothing is unpacked when the program starts, so that it needs neither time nor
# a place for it.
add_natives() {
    for jar in "$built"/lib/*-linux-x86_64.jar; do
        rm -rf "$work/jar" && mkdir "$work/jar" && (cd "$work/jar" && "$jdk/bin/jar" -xf "$jar") || return
        for part in "$work"/jar/org/bytedeco/*/linux-x86_64/*.so* "$work"/jar/META-INF/native/*.so; do
            [ ! -f "$part" ] || cp "$part" "$tree/lib/natives/" || return
        done
        # OpenCV's trained classifiers are read out of a jar.
        if [ -d "$work/jar/org/bytedeco/opencv/linux-x86_64/share/opencv4/haarcascades" ]; then
            (cd "$work/jar" && "$jdk/bin/jar" --create --no-manifest --file="$tree/lib/opencv-classifiers.jar" \
                org/bytedeco/opencv/linux-x86_64/share/opencv4/haarcascades) || return
        fi
    done
    rm -rf "$work/jar"
    for part in $unused; do rm "$tree/lib/natives/$part" || return; done
    # JavaCPP unpacks it under this name too.
    ln -s libopenblas.so.0 "$tree/lib/natives/libopenblas_nolapack.so.0"
}

# The jars of this platform, and one that names them all; its class path is in one order everywhere, as the archive of
# classes asks.
add_jars() {
    for jar in "$built/sightline-server.jar" "$built"/lib/*.jar; do
        case ${jar##*/} in
            *-linux-x86_64.jar | *-linux-aarch_64.jar | *-linux-arm64.jar) continue ;;
            sightline-*) cp "$jar" "$tree/lib/$(basename "$jar" | sed 's/-[0-9].*\.jar$/.jar/')" || return ;;
            *) cp "$jar" "$tree/lib/" || return ;;
        esac
        add_notices "$jar" || return
    done
    {
        printf 'Main-Class: dev.sightline.app.Main\nEnable-Native-Access: ALL-UNNAMED\nClass-Path:'
        (cd "$tree/lib" && for jar in *.jar; do printf ' %s\n ' "$jar"; done)
        printf '\n'
    } | sed '/^ *$/d' >"$work/manifest"
    "$jdk/bin/jar" -cfm "$tree/lib/sightline.jar" "$work/manifest" -C "$home" LICENSE || return
    cp "$home/server/java.args" "$tree/lib/java.args" && {
        printf '\n# Native libraries are in the folder named on the command line.\n'
        printf '%s\n' -Dorg.bytedeco.javacpp.pathsFirst=true
        [ "$jdk_major" -lt 23 ] || printf '%s\n' --sun-misc-unsafe-memory-access=allow
    } >>"$tree/lib/java.args"
}

# add_notices JAR: what its makers say about it, and that the list of others' works names it.
add_notices() {
    part=$(basename "$1" .jar)
    kind=$(printf '%s' "$part" | sed 's/-[0-9].*$//')
    case $kind in sightline-*) return ;; esac
    grep -q "\`$kind\`" "$home/dist/THIRD-PARTY.md" || {
        say "dist/THIRD-PARTY.md does not name $kind"
        return 1
    }
    mkdir -p "$work/jar" "$tree/licenses/$part" || return
    # shellcheck disable=SC2086 # the names are words; those that are not there are passed over
    (cd "$work/jar" && "$jdk/bin/jar" -xf "$1" $notices) &&
        find "$work/jar" -type f -exec cp {} "$tree/licenses/$part/" \; && rm -rf "$work/jar" || return
    rmdir "$tree/licenses/$part" 2>/dev/null || :
}

add_texts() {
    cp "$home/dist/sightline" "$tree/bin/" && cp "$built/sbom.cdx.json" "$tree/" &&
        cp "$home/LICENSE" "$home/README.md" "$home/CHANGELOG.md" "$home/sightline.sample.yml" \
            "$home/dist/THIRD-PARTY.md" "$home/dist/sightline.service" "$tree/" &&
        cp "$home"/dist/licenses/* "$tree/licenses/" &&
        cp -R "$home/docs" "$tree/docs" && mkdir "$tree/examples" &&
        cp -R "$home"/examples/*.java "$home/examples/.env" "$home/examples/pages" "$tree/examples/"
}

# One time for all files: the archives of classes hold those of the jars.
fix_times() {
    when=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$home/pom.xml")
    chmod -R u=rwX,go=rX "$tree" && find "$tree" -exec touch -h -d "$when" {} +
}

# The archives of loaded classes halve the start: Java's own, and on top of it the program's.
add_archives() {
    dump_archives >"$work/archive.log" 2>&1 </dev/null && [ -s "$tree/lib/sightline.jsa" ] || {
        cat "$work/archive.log" >&2
        return 1
    }
    chmod -R u=rwX,go=rX "$tree/lib" "$tree/runtime/lib/server" &&
        touch -d "$when" "$tree/lib/sightline.jsa" "$tree"/runtime/lib/server/*.jsa "$tree/lib" "$tree/runtime/lib/server"
}

dump_archives() {
    "$tree/runtime/bin/java" -Xshare:dump &&
        XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data "$tree/runtime/bin/java" @"$tree/lib/java.args" \
            -Djava.library.path="$tree/lib/natives" -XX:ArchiveClassesAtExit="$tree/lib/sightline.jsa" \
            -jar "$tree/lib/sightline.jar" warm-up
}
