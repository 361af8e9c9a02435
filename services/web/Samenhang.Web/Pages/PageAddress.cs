using Microsoft.AspNetCore.Http.Extensions;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages;

/// <summary>Where a page is, so that it can link to itself in the other language.</summary>
/// <param name="Path">The path, as it may stand in a link.</param>
/// <param name="Query">The parameters, without the language.</param>
public sealed record PageAddress(string Path, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    /// <summary>Of this request.</summary>
    public static PageAddress Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            request.PathBase.Add(request.Path).ToUriComponent(),
            [.. request.Query.Where(pair => pair.Key != LanguageChoice.Parameter).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))]);
    }

    /// <summary>The same page in a language.</summary>
    public string In(Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return Path + new QueryBuilder(Query) { { LanguageChoice.Parameter, voice.Language } }.ToQueryString().Value;
    }
}
