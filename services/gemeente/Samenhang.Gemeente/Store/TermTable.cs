using System.Globalization;
using Samenhang.Domains.Records;
using Samenhang.Domains.Store;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Gemeente.Store;

/// <summary>The terms that run at a municipality: a question that the file of one client cannot answer.</summary>
public sealed class TermTable(IServiceProvider services, [FromKeyedServices(ServiceNames.Gemeente)] StoreKeys keys)
{
    internal const string Reference = "open_term.client_reference";

    /// <summary>By which name a municipality knows a client.</summary>
    public static SealedTable Seals { get; } = new() { Name = "open_term", Key = ["client_id", "rule", "about", "started_on"], Texts = ["client_reference"] };

    /// <summary>The most terms in one answer.</summary>
    public const int Most = 1000;

    /// <summary>The terms of a municipality, the first due first.</summary>
    /// <param name="municipalityCode">The municipality.</param>
    /// <param name="dueUntil">Only those due on this day or before; null = all.</param>
    /// <param name="rules">Only those of these rules.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<(ClientName Client, ClientTerm Term)>> OfAsync(
        string municipalityCode, DateOnly? dueUntil, IReadOnlyCollection<string> rules, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(ServiceNames.Gemeente).QueryAsync(
            async (connection, cancel) =>
            {
                var terms = await connection.RowsAsync(
                    """
                    SELECT client_reference, rule, about, started_on, due_on, suspended_since, client_id FROM open_term
                    WHERE municipality_code = @municipality AND due_on <= @until
                    """,
                    row => (
                        Client: new ClientName(municipalityCode, keys.Open(row.GetString(0), Reference, row.GetString(6))),
                        Term: new ClientTerm(row.GetString(1), row.GetString(2), Day(row.GetString(3)), Day(row.GetString(4)), row.IsDBNull(5) ? null : Day(row.GetString(5)))),
                    cancel,
                    ("@municipality", municipalityCode),
                    ("@until", Text(dueUntil ?? DateOnly.MaxValue)));
                return (IReadOnlyList<(ClientName, ClientTerm)>)
                [
                    .. terms.Where(one => rules.Contains(one.Term.Rule))
                        .OrderBy(one => one.Term.DueOn).ThenBy(one => one.Client.Reference, StringComparer.Ordinal)
                        .ThenBy(one => one.Term.Rule, StringComparer.Ordinal).ThenBy(one => one.Term.About, StringComparer.Ordinal)
                        .Take(Most),
                ];
            },
            cancellationToken);

    internal static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

/// <summary>Keeps <see cref="TermTable"/> up to date.</summary>
public sealed class TermProjection(MessageRules rules, [FromKeyedServices(ServiceNames.Gemeente)] StoreKeys keys) : IProjection<RecordState<ClientFile>, ClientEvent>
{
    /// <inheritdoc/>
    public void Write(StreamChange<RecordState<ClientFile>, ClientEvent> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var client = change.State.Current!;
        rows.Add("DELETE FROM open_term WHERE client_id = @id", ("@id", client.Id));
        foreach (var term in ClientTerms.Of(client, rules))
        {
            rows.Add(
                """
                INSERT INTO open_term (client_id, municipality_code, client_reference, rule, about, started_on, due_on, suspended_since)
                VALUES (@id, @municipality, @reference, @rule, @about, @started, @due, @suspended)
                """,
                ("@id", client.Id),
                ("@municipality", client.Name.MunicipalityCode),
                ("@reference", keys.Close(client.Name.Reference, TermTable.Reference, client.Id)),
                ("@rule", term.Rule),
                ("@about", term.About),
                ("@started", TermTable.Text(term.StartedOn)),
                ("@due", TermTable.Text(term.DueOn)),
                ("@suspended", term.SuspendedSince is { } since ? TermTable.Text(since) : null));
        }
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM open_term WHERE client_id = @id", ("@id", key));
    }
}
