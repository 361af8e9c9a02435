using System.Globalization;
using Google.Protobuf;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Language;
using Samenhang.Platform.Store;
using Wire = Samenhang.Protos.Gemeente.V1;

namespace Samenhang.Gemeente.Clients;

/// <summary>Makes a reader for each request.</summary>
public sealed class ClientReaders(Domains.DomainRulebook<GemeenteDomain> rulebook, MessageRules rules, Days days)
{
    /// <summary>A reader for one request.</summary>
    public ClientReader New() => new(rulebook.Vocabulary, rules, days);
}

/// <summary>Reads requests about the file of a client; all violations at once. One reader per request.</summary>
public sealed class ClientReader(Vocabulary vocabulary, MessageRules rules, Days days)
{
    // Lengths as the standard has them.
    private const int LongestReference = 20;
    private const int LongestAssignmentNumber = 9;

    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>Reports a fault.</summary>
    public void Add(string field, string nl, string en) => reader.Add(field, nl, en);

    /// <summary>Which request about whose file.</summary>
    public ClientRequest Request(IMessage request, string requestId, Wire.ClientReference? client, long? expectedVersion)
    {
        reader.Id("request_id", requestId);
        return new ClientRequest(RequestIdentity.Of(requestId, request, expectedVersion), Client(client));
    }

    /// <summary>Whose file. A number that could be a BSN is refused: this service holds none (OP079).</summary>
    public ClientName Client(Wire.ClientReference? client)
    {
        var name = new ClientName(client?.MunicipalityCode ?? "", reader.Id("client.client_reference", client?.ClientReference_ ?? ""));
        Municipality("client.municipality_code", name.MunicipalityCode);
        if (Bsn.TryParse(name.Reference, out _))
        {
            Violate("OP079", "client.client_reference", "Dit lijkt een BSN.", "This seems to be a BSN.");
        }

        return name;
    }

    /// <summary>The code of a municipality.</summary>
    public string Municipality(string field, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        Digits(field, code, 4, 4, "Een gemeentecode heeft vier cijfers.", "The code of a municipality has four digits.");
        return code;
    }

    /// <summary>A number or reference that the municipality or a provider gave.</summary>
    public string Reference(string field, string text)
    {
        reader.Id(field, text);
        if (text.Length > LongestReference)
        {
            reader.Add(field, $"Ten hoogste {LongestReference} tekens.", $"At most {LongestReference} characters.");
        }

        return text;
    }

    /// <summary>As the other; null when left out.</summary>
    public string? OptionalReference(string field, string text) => string.IsNullOrEmpty(text) ? null : Reference(field, text);

    /// <summary>The number of an assignment.</summary>
    public string Number(string field, string text)
    {
        Digits(field, text, 1, LongestAssignmentNumber, "Een toewijzingsnummer heeft één tot negen cijfers.", "An assignment number has one to nine digits.");
        return text;
    }

    /// <summary>A provider.</summary>
    public string Provider(string agb)
    {
        ArgumentNullException.ThrowIfNull(agb);
        if (agb.Length != 8 || !agb.All(char.IsAsciiDigit))
        {
            Violate("OP254", "provider_agb", "", "");
        }

        return agb;
    }

    /// <summary>A day; today when none is given.</summary>
    public DateOnly Day(string field, Samenhang.Protos.Types.Date? day) => day is null ? days.Today : reader.Day(field, day) ?? default;

    /// <summary>A day that must be there.</summary>
    public DateOnly RequiredDay(string field, Samenhang.Protos.Types.Date? day) => reader.RequiredDay(field, day);

    /// <summary>A day that may be left out, not before another.</summary>
    public DateOnly? LastDay(string field, DateOnly first, Samenhang.Protos.Types.Date? day)
    {
        var last = reader.Day(field, day);
        reader.InOrder(field, first, last);
        return last;
    }

    /// <summary>As the other, without another day to compare with.</summary>
    public DateOnly? OptionalDay(string field, Samenhang.Protos.Types.Date? day) => reader.Day(field, day);

    /// <summary>The moment of a message.</summary>
    public DateTime Moment(string field, Wire.Stamp? stamp)
    {
        var day = reader.RequiredDay($"{field}.date", stamp?.Date);
        var time = TimeOnly.MinValue;
        if (stamp is { Time.Length: > 0 } && !TimeOnly.TryParseExact(stamp.Time, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            reader.Add($"{field}.time", "Een tijd ziet eruit als 10:15:00.", "A time looks like 10:15:00.");
        }

        return day.ToDateTime(time);
    }

    /// <summary>A product.</summary>
    public Product Product(string field, Wire.Product? product)
    {
        if (product is null)
        {
            reader.Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
            return new Product(null, null);
        }

        if (product.Category.Length > 0)
        {
            Digits($"{field}.category", product.Category, 2, 2, "Een productcategorie heeft twee cijfers.", "A category of products has two digits.");
        }

        if (product.Code.Length > 0 && (product.Category.Length == 0 || product.Code.Length != 5 || !product.Code.All(char.IsAsciiLetterOrDigit)))
        {
            reader.Add($"{field}.code", "Een productcode heeft vijf tekens, en een categorie erbij.", "The code of a product has five characters, and a category beside it.");
        }

        return new Product(product.Category.Length == 0 ? null : product.Category, product.Code.Length == 0 ? null : product.Code);
    }

    /// <summary>How much; null when it was left out.</summary>
    public Volume? Volume(string field, Wire.Volume? volume)
    {
        if (volume is null)
        {
            return null;
        }

        if (volume.Amount < 0)
        {
            reader.Add($"{field}.amount", "Een hoeveelheid is nul of meer.", "An amount is 0 or more.");
        }

        Digits($"{field}.unit", volume.Unit, 1, 2, "Een eenheid is een code van één of twee cijfers.", "A unit is a code of one or two digits.");
        Digits($"{field}.frequency", volume.Frequency, 1, 1, "Een frequentie is een code van één cijfer.", "A frequency is a code of one digit.");
        return new Volume(volume.Amount, volume.Unit, volume.Frequency);
    }

    /// <summary>A code of digits that may be left out; null then.</summary>
    public string? OptionalCode(string field, string code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return null;
        }

        Digits(field, code, 2, 2, "Deze code heeft twee cijfers.", "This code has two digits.");
        return code;
    }

    /// <summary>A code of two digits that must be there.</summary>
    public string Code(string field, string code)
    {
        Digits(field, code, 2, 2, "Deze code heeft twee cijfers.", "This code has two digits.");
        return code;
    }

    /// <summary>A scheme that goes by assignment.</summary>
    public Scheme? Scheme(string field, string id) => vocabulary.Schemes.GetValueOrDefault(reader.Code(field, id, [.. rules.Schemes]));

    /// <summary>The needs of the case.</summary>
    public IReadOnlyList<string> Needs(string field, IReadOnlyList<string> ids) => reader.Items(field, ids, reader.Id);

    /// <summary>An id of the case; null when it was left out.</summary>
    public string? OptionalId(string field, string id) => reader.OptionalId(field, id);

    /// <summary>An id that must be there.</summary>
    public string Id(string field, string id) => reader.Id(field, id);

    /// <summary>A list, each item with its own path.</summary>
    public IReadOnlyList<TOut> Items<TIn, TOut>(string field, IReadOnlyList<TIn> items, Func<string, TIn, TOut> read) => reader.Items(field, items, read);

    /// <summary>A member of a list that must be given.</summary>
    public TEnum Member<TEnum>(string field, TEnum member)
        where TEnum : struct, Enum => reader.Member(field, member);

    /// <summary>A member of a list that may be left out.</summary>
    public TEnum OptionalMember<TEnum>(string field, TEnum member)
        where TEnum : struct, Enum => reader.OptionalMember(field, member);

    /// <summary>New or taken back; anything else is against OP033.</summary>
    public bool Removed(Wire.DeliveryStatus status)
    {
        if (status is not (Wire.DeliveryStatus.New or Wire.DeliveryStatus.Removed))
        {
            Violate("OP033", "status", "", "");
        }

        return status == Wire.DeliveryStatus.Removed;
    }

    /// <summary>A code of the fact prov.refusalReason that must be there exactly when something is refused.</summary>
    public string? RefusalReason(bool refused, string reason)
    {
        if (refused)
        {
            return reader.Code("refusal_reason", reason, vocabulary.FactById["prov.refusalReason"].Values!);
        }

        Empty(!string.IsNullOrEmpty(reason), "refusal_reason", "Alleen een weigering heeft een reden.", "Only a refusal has a reason.");
        return null;
    }

    /// <summary>Reports a field that was filled in where it has no meaning.</summary>
    public void Empty(bool filled, string field, string nl, string en)
    {
        if (filled)
        {
            reader.Add(field, nl, en);
        }
    }

    /// <summary>An amount in eurocents.</summary>
    public long Cents(string field, long cents, long least)
    {
        if (cents < least)
        {
            reader.Add(field, $"Een bedrag in eurocenten, {least} of meer.", $"An amount in eurocents, {least} or more.");
        }

        return cents;
    }

    private void Violate(string rule, string field, string nl, string en) =>
        reader.Add(field, $"{rule}: {rules.Of(rule).Nl} {nl}".TrimEnd(), $"{rule}: {rules.Of(rule).En} {en}".TrimEnd(), rule);

    private void Digits(string field, string text, int fewest, int most, string nl, string en)
    {
        if (text.Length < fewest || text.Length > most || !text.All(char.IsAsciiDigit))
        {
            reader.Add(field, nl, en);
        }
    }
}
