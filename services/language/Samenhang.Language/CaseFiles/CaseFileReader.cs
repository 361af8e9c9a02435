using System.Text;
using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>
/// Reads case files (format samenhang-case/1) and checks every name, type, date and reference against the vocabulary. A reader
/// holds no state between files and may be used from several threads.
/// </summary>
public sealed class CaseFileReader(Vocabulary vocabulary, CaseFileOptions? options = null)
{
    /// <summary>The format that this reader knows.</summary>
    public const string Format = "samenhang-case/1";

    private readonly CaseFileOptions options = options ?? CaseFileOptions.Default;
    private readonly NameLists names = new(vocabulary);

    /// <summary>Reads a file from disk. A file that cannot be opened is a fault like any other.</summary>
    public CaseFileReading ReadFile(string path)
    {
        byte[] content;
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > options.MaxBytes)
            {
                return TooLarge(path);
            }

            content = new byte[stream.Length];
            stream.ReadExactly(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return OneFault(path, e is FileNotFoundException or DirectoryNotFoundException
                ? new("Dit bestand bestaat niet.", "This file does not exist.")
                : new($"Dit bestand kan niet worden gelezen: {e.Message}", $"This file cannot be read: {e.Message}"));
        }

        return Read(content, path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The content.</param>
    /// <param name="file">The name that faults are reported under.</param>
    public CaseFileReading Read(string text, string file) =>
        text.Length > options.MaxBytes ? TooLarge(file) : Read(Encoding.UTF8.GetBytes(text), file);

    /// <summary>Reads UTF-8, with or without a byte order mark.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="file">The name that faults are reported under.</param>
    public CaseFileReading Read(ReadOnlyMemory<byte> utf8, string file)
    {
        if (utf8.Length > options.MaxBytes)
        {
            return TooLarge(file);
        }

        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        var faults = new FaultLog(file, utf8, options.MaxFaults);
        if (PlacedJsonParser.Parse(utf8.Span, options, faults) is not { } root)
        {
            return new CaseFileReading.Faulty(faults.ToList());
        }

        var result = new WholeFile(vocabulary, names, options, faults).Read(root, file);
        return faults.Any || result is null ? new CaseFileReading.Faulty(faults.ToList()) : new CaseFileReading.Read(result);
    }

    private CaseFileReading.Faulty TooLarge(string file) => OneFault(file, new(
        $"Het bestand is groter dan {options.MaxBytes / (1024 * 1024.0):0.#} MB; zo groot is geen casus.",
        $"The file is larger than {options.MaxBytes / (1024 * 1024.0):0.#} MB; no case is that large."));

    private static CaseFileReading.Faulty OneFault(string file, Sentence text)
    {
        var faults = new FaultLog(file, default, 1);
        faults.AddForFile(text);
        return new(faults.ToList());
    }

    /// <summary>The members of a file around its case: format, identity, expectations, variants.</summary>
    private sealed class WholeFile
    {
        private static readonly string[] Keys =
            ["format", "id", "title", "source", "asOf", "rulebooks", "region", "parameters", "facts", "needs",
             "provisions", "parties", "consents", "events", "evidence", "open", "expect", "variants"];

        private readonly Vocabulary vocabulary;
        private readonly CaseFileOptions options;
        private readonly FaultLog faults;
        private readonly FieldReader fields;
        private readonly CaseReader cases;
        private readonly ExpectationReader expectations;

        public WholeFile(Vocabulary vocabulary, NameLists names, CaseFileOptions options, FaultLog faults)
        {
            this.vocabulary = vocabulary;
            this.options = options;
            this.faults = faults;
            fields = new(faults);
            cases = new(vocabulary, names, fields, options);
            expectations = new(vocabulary, names, fields, cases, options);
        }

        public CaseFile? Read(PlacedJson root, string file)
        {
            if (!fields.IsObject(root, Keys))
            {
                return null;
            }

            CheckFormat(root);
            if (options.RequireExpectation)
            {
                fields.Require(root, "expect");
            }

            // What is expected is reported under the identifier, so a file with expectations must have one. A bare case may go without.
            var id = root["expect"] is not null ? fields.RequiredText(root, "id") : fields.Text(root, "id");
            id ??= Path.GetFileNameWithoutExtension(file);
            var expect = root["expect"];
            var result = new CaseFile
            {
                Id = id,
                Title = fields.Text(root, "title"),
                Source = Source(root),
                Case = cases.Read(root, id),
                Expect = expectations.Read(expect, CaseReader.IdsOf(root)),
            };
            return result with { Variants = Variants(root, id) };
        }

        private void CheckFormat(PlacedJson root)
        {
            fields.Require(root, "format");
            if (fields.Text(root, "format") is { } format && format != Format)
            {
                faults.Enter("format");
                faults.Add(root["format"]!.Offset, new(
                    $"Het formaat '{CaseTexts.Short(format)}' is onbekend; dit programma leest '{Format}'.",
                    $"The format '{CaseTexts.Short(format)}' is unknown; this program reads '{Format}'."));
                faults.Leave();
            }
        }

        private CaseSource? Source(PlacedJson root)
        {
            if (root["source"] is not { Kind: not JsonValueKind.Null } source)
            {
                return null;
            }

            faults.Enter("source");
            var result = fields.IsObject(source, "file", "vignette", "origin")
                ? new CaseSource(fields.Text(source, "file"), fields.Text(source, "vignette"), fields.Text(source, "origin"))
                : null;
            faults.Leave();
            return result;
        }

        private List<CaseVariant> Variants(PlacedJson root, string id)
        {
            var seen = new HashSet<string>();
            var bare = Object(root, root.Members.Where(member => member.Name is not ("variants" or "expect")));
            return fields.List(root, "variants", options.MaxVariants, variant =>
            {
                if (!fields.IsObject(variant, "id", "patch", "expect"))
                {
                    return null;
                }

                var name = fields.RequiredText(variant, "id");
                if (name is not null && !seen.Add(name))
                {
                    faults.Add(variant["id"]!.Offset, CaseTexts.Twice(name));
                }

                var patch = variant["patch"];
                if (patch is not null && patch.Kind is not (JsonValueKind.Object or JsonValueKind.Null))
                {
                    faults.Enter("patch");
                    faults.Add(patch.Offset, CaseTexts.NotOfKind(new("een object", "an object"), FieldReader.Found(patch)));
                    faults.Leave();
                    return null;
                }

                return Patched(root, bare, name ?? "?", patch, variant["expect"], id);
            });
        }

        private CaseVariant? Patched(PlacedJson root, PlacedJson bare, string name, PlacedJson? patch, PlacedJson? expect, string id)
        {
            var whole = patch is null or { Kind: JsonValueKind.Null } ? bare : MergePatch.Apply(bare, patch, vocabulary);
            if (root["expect"] is { Kind: JsonValueKind.Object } inherited && expect is { Kind: JsonValueKind.Object })
            {
                expect = Object(expect, [.. inherited.Members.Where(member => expect[member.Name] is null), .. expect.Members]);
            }

            return faults.InVariant(name, () =>
            {
                foreach (var member in whole.Members.Where(member => member.Name is "expect" or "variants"))
                {
                    faults.Add(member.Offset, new($"'{member.Name}' hoort niet in een patch.", $"'{member.Name}' does not belong in a patch."));
                }

                fields.IsObject(whole, Keys);
                CheckFormat(whole);
                return new CaseVariant(name, cases.Read(whole, id), expectations.Read(expect ?? root["expect"], CaseReader.IdsOf(whole)));
            });
        }

        private static PlacedJson Object(PlacedJson from, IEnumerable<PlacedMember> members) =>
            new() { Kind = JsonValueKind.Object, Offset = from.Offset, Members = [.. members] };
    }
}
