using Samenhang.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddSamenhangWeb();
var app = builder.Build();
app.MapSamenhangWeb();
await app.RunAsync();
