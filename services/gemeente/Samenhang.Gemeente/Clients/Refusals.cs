using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Clients;

/// <summary>Words that all decisions about a file share.</summary>
internal static class Refusals
{
    /// <summary>Nothing changes: the same was told before, or something newer.</summary>
    public static Result<ClientEvent?> Nothing => Result<ClientEvent?>.Success(null);

    /// <summary>The state stands in the way.</summary>
    public static Error Forbidden(string type, string subject, string nl, string en) => new Error.StateForbids(type, subject, new BilingualText(nl, en));

    /// <summary>A day lies before another that must come first; null when it does not.</summary>
    public static Error? TooEarly(string subject, DateOnly earliest, DateOnly day) => day >= earliest ? null
        : Forbidden("DAY_TOO_EARLY", subject, $"Deze dag ligt vóór {earliest:yyyy-MM-dd}.", $"This day lies before {earliest:yyyy-MM-dd}.");
}
