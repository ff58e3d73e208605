package dev.sightline.bench;

/** A figure to be reached, and whether it was. */
public enum Target {
    /** At most the limit. */
    AT_MOST("<= "),
    /** At least the limit. */
    AT_LEAST(">= ");

    private final String sign;

    Target(String sign) {
        this.sign = sign;
    }

    /** For people: the limit and PASS or MISS. */
    public String judge(double value, double limit, int decimals) {
        boolean reached = this == AT_MOST ? value <= limit : value >= limit;
        return sign + Table.number(limit, decimals) + (reached ? "  PASS" : "  MISS");
    }
}
