#!/bin/sh
# Makes the repository that the plan works in: setup.sh FOLDER, which is not there yet.
set -eu
folder=${1:?expected the folder to make}
[ ! -e "$folder" ] || { echo "setup.sh: $folder is there already" >&2; exit 2; }
mkdir -p "$folder/src/shop" "$folder/test/shop"
cd "$folder"

cat > src/shop/Shop.java <<'JAVA'
package shop;

/** What the shop consists of. */
public final class Shop {
  private Shop() {}

  public static String[] parts() {
    return new String[] {
      "shop",
    };
  }
}
JAVA

cat > test/shop/ShopTest.java <<'JAVA'
package shop;

public final class ShopTest {
  public static void main(String[] args) {
    if (!Shop.parts()[0].equals("shop")) {
      throw new AssertionError("expected the shop first, was " + Shop.parts()[0]);
    }
  }
}
JAVA

# What gates and the merge queue verify with: everything compiles, and every test passes.
cat > check <<'SH'
#!/bin/sh
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
javac -d "$out" $(find src test -name '*.java')
for test in test/shop/*Test.java; do
  java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$out" "shop.$(basename "$test" .java)"
done
echo "$(ls test/shop/*Test.java | wc -l) tests pass"
SH
chmod +x check
echo "# Changes" > CHANGES.md

git init --quiet -b main
git add --all
git -c user.name=Example -c user.email=example@makespan.invalid commit --quiet -m "The shop"
# A repository that others push to has nothing checked out.
git config core.bare true
echo "$folder"
