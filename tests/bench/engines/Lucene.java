// SPDX-License-Identifier: GPL-3.0-or-later
// Lucene 8 with its facets: the far side of tests/bench/engines/protocol.h. English words by Porter's
// stemmer, positions, stored text, exact facets of source, month and entity from doc values.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Arrays;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TotalHitCountCollector;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

public final class Lucene {
  private static final int BEST = 10;
  private static final List<String> FACETS = Arrays.asList("source", "month", "entity");

  // No stop words, as no other engine here leaves any out.
  private final Analyzer analyzer = new EnglishAnalyzer(CharArraySet.EMPTY_SET);
  private final FacetsConfig facets = new FacetsConfig();

  private Lucene() {
    facets.setMultiValued("entity", true);
  }

  // ---- building

  private static void addFacet(Document document, String dimension, String value) {
    if (!value.isEmpty()) document.add(new SortedSetDocValuesFacetField(dimension, value));
  }

  private Document document(String line) throws IOException {
    String[] field = line.split("\t", -1);
    String day = field[1];
    Document document = new Document();
    document.add(new StoredField("id", field[0]));
    document.add(new StringField("source", field[2], Field.Store.YES));
    document.add(new NumericDocValuesField("day", number(day)));
    document.add(new LongPoint("day", number(day)));
    document.add(new StringField("month", month(day), Field.Store.NO));
    document.add(new TextField("title", field[4], Field.Store.YES));
    document.add(new StoredField("text", field[5]));
    // One field holds all words, as the product finds a word wherever in the article it stands.
    document.add(new TextField("all", field[4] + " . " + field[5], Field.Store.NO));
    addFacet(document, "source", field[2]);
    addFacet(document, "month", month(day));
    for (String entity : new LinkedHashSet<>(Arrays.asList(field[3].split("\\|")))) {
      addFacet(document, "entity", entity);
    }
    return facets.build(document);
  }

  private static String month(String day) {
    return day.isEmpty() ? "" : day.substring(0, 7);
  }

  private static long number(String day) {
    return day.isEmpty() ? 0 : Long.parseLong(day.replace("-", ""));
  }

  private void build(String documents, String index) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(index)), config);
        BufferedReader lines = Files.newBufferedReader(Paths.get(documents))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.addDocument(document(line));
      }
      writer.commit();
    }
  }

  // ---- asking

  /** What protocol.h calls a Question. */
  private static final class Question {
    final String operator;
    final String[] words;
    final Map<String, String> flags = new HashMap<>();

    Question(String[] part) {
      operator = part[1];
      words = part.length > 2 && !part[2].isEmpty() ? part[2].split(" ") : new String[0];
      for (int i = 3; i < part.length; ++i) {
        String[] pair = part[i].split("=", 2);
        flags.put(pair[0], pair.length > 1 ? pair[1] : "");
      }
    }

    boolean has(String flag) {
      return flags.containsKey(flag);
    }
  }

  private String stem(String word) throws IOException {
    try (TokenStream tokens = analyzer.tokenStream("all", word)) {
      tokens.reset();
      return tokens.incrementToken()
          ? tokens.getAttribute(CharTermAttribute.class).toString()
          : word;
    }
  }

  private Query wordsQuery(Question question) throws IOException {
    switch (question.operator) {
      case "every":
        return new MatchAllDocsQuery();
      case "prefix":
        return new PrefixQuery(new Term("all", question.words[0]));
      case "phrase":
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (String word : question.words) phrase.add(new Term("all", stem(word)));
        return phrase.build();
      default:
        Occur occur = question.operator.equals("all") ? Occur.MUST : Occur.SHOULD;
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (String word : question.words) {
          words.add(new TermQuery(new Term("all", stem(word))), occur);
        }
        return words.build();
    }
  }

  private Query query(Question question) throws IOException {
    Query words = wordsQuery(question);
    if (!question.has("month") && !question.has("source")) return words;
    BooleanQuery.Builder filtered = new BooleanQuery.Builder().add(words, Occur.MUST);
    for (String field : Arrays.asList("month", "source")) {
      if (!question.has(field)) continue;
      filtered.add(new TermQuery(new Term(field, question.flags.get(field))), Occur.FILTER);
    }
    return filtered.build();
  }

  private static TopDocsCollector<?> best(Question question, boolean exact) {
    int threshold = exact ? Integer.MAX_VALUE : BEST;
    if (!question.has("newest")) return TopScoreDocCollector.create(BEST, threshold);
    Sort newest = new Sort(new SortField("day", SortField.Type.LONG, true));
    return TopFieldCollector.create(newest, BEST, threshold);
  }

  private long answer(IndexSearcher searcher, SortedSetDocValuesReaderState state,
      Question question) throws IOException {
    boolean counted = question.has("facets");
    TopDocsCollector<?> best = best(question, counted || question.has("total"));
    if (!counted) {
      searcher.search(query(question), best);
      return best.topDocs().totalHits.value;
    }
    FacetsCollector matches = new FacetsCollector();
    searcher.search(query(question), MultiCollector.wrap(best, matches));
    SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state, matches);
    for (String facet : FACETS) counts.getTopChildren(30, facet);
    return best.topDocs().totalHits.value;
  }

  private void serve(String index) throws IOException {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    try (DirectoryReader reader = DirectoryReader.open(MMapDirectory.open(Paths.get(index)))) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null); // every engine answers anew
      SortedSetDocValuesReaderState state = new DefaultSortedSetDocValuesReaderState(reader);
      out.println("ready");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answerLine(searcher, state, line.split("\t")));
      }
    }
  }

  private String answerLine(IndexSearcher searcher, SortedSetDocValuesReaderState state,
      String[] part) {
    try {
      Question question = new Question(part);
      if (question.has("text")) throw new IOException("passages are not measured");
      long matches = 0;
      StringBuilder times = new StringBuilder();
      for (int i = Integer.parseInt(part[0]); i > 0; --i) {
        long start = System.nanoTime();
        matches = answer(searcher, state, question);
        times.append(String.format("%.1f ", (System.nanoTime() - start) / 1000.0));
      }
      return matches + "\t" + times.toString().trim();
    } catch (IOException | RuntimeException e) {
      return "!\t" + e;
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 3 && arguments[0].equals("build")) {
      new Lucene().build(arguments[1], arguments[2]);
    } else if (arguments.length == 2 && arguments[0].equals("serve")) {
      new Lucene().serve(arguments[1]);
    } else {
      System.err.println("Usage: Lucene build DOCUMENTS INDEX | serve INDEX");
      System.exit(2);
    }
  }
}
