using System.Data.Common;
using System.Globalization;
using Samenhang.Domains.Records;
using Samenhang.Domains.Store;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Gemeente.Store;

/// <summary>The terms that run at a municipality: a question that the file of one client cannot answer.</summary>
public sealed class TermTable(IServiceProvider services)
{
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
                await using var command = connection.CreateCommand();
                command.CommandText = """
                    SELECT client_reference, rule, about, started_on, due_on, suspended_since FROM open_term
                    WHERE municipality_code = $municipality AND due_on <= $until ORDER BY due_on, client_reference, rule, about
                    """;
                command.AddParameter("$municipality", municipalityCode);
                command.AddParameter("$until", Text(dueUntil ?? DateOnly.MaxValue));
                var found = new List<(ClientName, ClientTerm)>();
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (found.Count < Most && await rows.ReadAsync(cancel))
                {
                    if (rules.Contains(rows.GetString(1)))
                    {
                        found.Add((
                            new ClientName(municipalityCode, rows.GetString(0)),
                            new ClientTerm(rows.GetString(1), rows.GetString(2), Day(rows.GetString(3)), Day(rows.GetString(4)), rows.IsDBNull(5) ? null : Day(rows.GetString(5)))));
                    }
                }

                return (IReadOnlyList<(ClientName, ClientTerm)>)found;
            },
            cancellationToken);

    internal static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

/// <summary>Keeps <see cref="TermTable"/> up to date.</summary>
public sealed class TermProjection(MessageRules rules) : IProjection<RecordState<ClientFile>, ClientEvent>
{
    /// <inheritdoc/>
    public async Task WriteAsync(StreamChange<RecordState<ClientFile>, ClientEvent> change, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transaction);
        var client = change.State.Current!;
        await using var delete = transaction.Connection!.CreateCommand();
        delete.Transaction = transaction;
        delete.CommandText = "DELETE FROM open_term WHERE client_id = $id";
        delete.AddParameter("$id", client.Id);
        await delete.ExecuteNonQueryAsync(cancellationToken);
        foreach (var term in ClientTerms.Of(client, rules))
        {
            await using var insert = transaction.Connection!.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = """
                INSERT INTO open_term (client_id, municipality_code, client_reference, rule, about, started_on, due_on, suspended_since)
                VALUES ($id, $municipality, $reference, $rule, $about, $started, $due, $suspended)
                """;
            insert.AddParameter("$id", client.Id);
            insert.AddParameter("$municipality", client.Name.MunicipalityCode);
            insert.AddParameter("$reference", client.Name.Reference);
            insert.AddParameter("$rule", term.Rule);
            insert.AddParameter("$about", term.About);
            insert.AddParameter("$started", TermTable.Text(term.StartedOn));
            insert.AddParameter("$due", TermTable.Text(term.DueOn));
            insert.AddParameter("$suspended", term.SuspendedSince is { } since ? TermTable.Text(since) : null);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
