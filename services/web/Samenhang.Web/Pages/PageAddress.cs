using Microsoft.AspNetCore.Http.Extensions;
using Samenhang.Web.Frame;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages;

/// <summary>Where a page is, so that it can link to itself in the other language.</summary>
/// <param name="Path">The path, as it may stand in a link.</param>
/// <param name="Query">The parameters, without the language and the theme.</param>
public sealed record PageAddress(string Path, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    /// <summary>Of this request.</summary>
    public static PageAddress Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            request.PathBase.Add(request.Path).ToUriComponent(),
            [.. request.Query.Where(pair => pair.Key is not (LanguageChoice.Parameter or ThemeChoice.Parameter)).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))]);
    }

    /// <summary>The page itself.</summary>
    public override string ToString() => Path + new QueryBuilder(Query).ToQueryString().Value;

    /// <summary>The same page in a language.</summary>
    public string In(Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return With(LanguageChoice.Parameter, voice.Language);
    }

    /// <summary>The same page with one parameter as given, whatever it was; null = without it.</summary>
    public string With(string parameter, string? value)
    {
        var query = new QueryBuilder(Query.Where(pair => pair.Key != parameter));
        if (value is not null)
        {
            query.Add(parameter, value);
        }

        return Path + query.ToQueryString().Value;
    }
}
