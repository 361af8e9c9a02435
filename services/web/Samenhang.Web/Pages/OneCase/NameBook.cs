using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>The names that the casemanager gives to codes.</summary>
public sealed class NameBook
{
    private readonly Voice voice;
    private readonly Dictionary<(NameList, string), Sentence> names;

    internal NameBook(Voice voice, IEnumerable<CodeName> names) => (this.voice, this.names) = (voice, names.ToDictionary(name => (name.List, name.Code), name => name.Name));

    /// <summary>Asks for the names of some lists.</summary>
    internal static async Task<NameBook> ReadAsync(HttpContext http, CasemanagerConnection casemanager, params NameList[] lists) =>
        new(Frame.PageContext.Of(http).Voice, (await casemanager.Sight.ListNamesAsync(new ListNamesRequest { Lists = { lists } }, cancellationToken: http.RequestAborted)).Names);

    /// <summary>The name of a code; the code when it has none.</summary>
    public Said Of(NameList list, string code) => names.TryGetValue((list, code), out var name) ? new Said(voice.Of(name)) : new Said(code, "en");

    /// <summary>A list to choose from.</summary>
    public IReadOnlyList<Option> All(NameList list) =>
        [.. names.Where(name => name.Key.Item1 == list).Select(name => voice.Of(name.Value) is var (text, language) ? new Option(name.Key.Item2, text, language) : null!)];
}
