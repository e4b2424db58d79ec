/** The whole story, by command line alone, on the Node that runs the tests. */
import { describeStory, fromExamples, fromLibrary } from '../support/story.ts';

describeStory(fromLibrary, process.execPath);
describeStory(fromExamples, process.execPath);
