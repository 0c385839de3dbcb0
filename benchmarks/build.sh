# For the launchers beside it, which source it at the project's root: builds when nothing is built, or a source is newer than what is.
#
#   GRADSTREAM_BUILD   "never": run what is built, whatever changed; "always": build first

stamp=benchmarks/target/built

stale() {
    case ${GRADSTREAM_BUILD:-} in
        always) return 0 ;;
        never) return 1 ;;
    esac
    if [ ! -f "$stamp" ] || [ ! -d benchmarks/target/lib ]; then return 0; fi
    newer=$(find pom.xml .mvn ./*/pom.xml ./*/src/main deploy/*/pom.xml deploy/*/src/main \
        -newer "$stamp" -print 2>/dev/null | head -n 1)
    [ -n "$newer" ]
}

# lacks PATTERN: whether no such library was fetched, and may be.
lacks() {
    [ "${GRADSTREAM_BUILD:-}" != never ] && ! find benchmarks/target/lib -name "$1" 2>/dev/null | grep -q .
}

# build [OPTION...]: with these options for Maven.
build() {
    printf '%s\n' "building the benchmarks" >&2
    mkdir -p benchmarks/target
    rm -rf "$stamp" benchmarks/target/lib
    : >"$stamp.started"
    sh ./mvnw -q -DskipTests "$@" -pl benchmarks -am package
    mv "$stamp.started" "$stamp"
}
